/**
 * A copy of what a range covers, in a document that loads and runs nothing: pictures are not fetched again, and elements that the
 * page has defined itself are not brought to life.
 */

/** Around the range these say what its content is, even where the range does not cover all of them. */
const telling = new Set(
  "PRE CODE KBD SAMP A BLOCKQUOTE H1 H2 H3 H4 H5 H6 EM STRONG B I S DEL UL OL TABLE THEAD TBODY TFOOT TR".split(" "),
);
/** Longer `data:` addresses are no text that people read. */
const longestDataAddress = 2000;

export function copyRange(range: Range): HTMLElement {
  const { commonAncestorContainer: common } = range;
  const top = common instanceof Element ? common : common.parentElement;
  const inert = document.implementation.createHTMLDocument("");
  if (top === null) return copyOf(range.cloneContents(), inert, []);
  const copy = inert.importNode(top, true);
  prepare(top, copy, range);
  const part = inert.createRange();
  part.setStart(counterpart(range.startContainer, top, copy), range.startOffset);
  part.setEnd(counterpart(range.endContainer, top, copy), range.endOffset);
  const content = part.cloneContents();
  for (const left of content.querySelectorAll(`[${insteadMark}]`))
    left.replaceWith(left.getAttribute(insteadMark) ?? "");
  return copyOf(content, inert, tellingAround(top));
}

function copyOf(content: DocumentFragment, inert: Document, around: Element[]): HTMLElement {
  let inner: Node = inert.importNode(content, true);
  for (const element of around) {
    const shell = inert.importNode(element, false);
    absolute(element, shell);
    shell.append(inner);
    inner = shell;
  }
  const body = inert.createElement("body");
  body.append(inner);
  return body;
}

/** Innermost first. A part of one list item or one table cell is no list and no table. */
function tellingAround(top: Element): Element[] {
  const around: Element[] = [];
  for (let element: Element | null = top; element !== null; element = element.parentElement) {
    if (element.tagName === "LI") element = element.parentElement;
    else if (element.tagName === "TD" || element.tagName === "TH") element = element.closest("table");
    else if (telling.has(element.tagName)) around.push(element);
    if (element === null) break;
  }
  return around;
}

/** The node at the same place in the copy. */
function counterpart(node: Node, top: Node, copy: Node): Node {
  if (node === top || node.parentNode === null) return copy;
  const parent = counterpart(node.parentNode, top, copy);
  return parent.childNodes[[...node.parentNode.childNodes].indexOf(node as ChildNode)] ?? parent;
}

/**
 * On what gives way to a text, "" for what is not to be seen. Done once the range is found in the copy: its ends are counted in
 * child nodes.
 */
const insteadMark = "holdall-instead";

/** Walks original and copy side by side: what only the original knows goes into the copy. */
function prepare(original: Element, copy: Element, range: Range): void {
  absolute(original, copy);
  if (isHidden(original)) copy.setAttribute(insteadMark, "");
  const { children } = copy;
  for (const [at, child] of [...original.children].entries()) {
    const twin = children[at];
    if (twin && range.intersectsNode(child)) prepare(child, twin, range);
  }
}

function isHidden(element: Element): boolean {
  if (/^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE)$/i.test(element.tagName)) return true;
  const { display, visibility } = getComputedStyle(element);
  return display === "none" || (visibility !== "visible" && element.children.length === 0);
}

function absolute(original: Element, copy: Element): void {
  if (original instanceof HTMLAnchorElement && original.hasAttribute("href")) {
    if (/^(javascript|vbscript):/i.test(original.protocol)) copy.removeAttribute("href");
    else copy.setAttribute("href", original.href);
  }
  if (original instanceof HTMLImageElement) {
    const address = original.currentSrc || original.src;
    // Nobody can follow an address that ends with the page.
    const lasting =
      !address.startsWith("blob:") && !(address.startsWith("data:") && address.length > longestDataAddress);
    if (lasting) copy.setAttribute("src", address);
    else copy.setAttribute(insteadMark, original.alt);
  }
  if (original instanceof HTMLInputElement && original.type === "checkbox")
    copy.toggleAttribute("checked", original.checked);
}
