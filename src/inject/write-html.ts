/** Writes a described page as HTML that holds everything and runs nothing. */
import { escapeAttribute, escapeText } from "./escape-html.ts";
import { nodeType, type PageNode, type Sheet } from "./page-node.ts";
import { safeAttributes } from "./safe-attributes.ts";

const voidElements = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));
const droppedElements = new Set("script noscript base template noembed noframes applet".split(" "));
/** Their content is no markup, and there is no way to write some of it: what they look like is a `pre`. */
const likePre = new Set(["xmp", "plaintext", "listing"]);
/** The parser takes away a line feed right after these. */
const losesLineFeed = new Set(["pre", "textarea"]);
const frontMatter = `<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="script-src 'none'; object-src 'none'">`;

/** @param note of where it comes from: a comment behind the doctype */
export function* writeHtml(page: PageNode, note = ""): Generator<string> {
  const children = page.childNodes ?? [];
  for (const child of children.filter(({ type }) => type === nodeType.doctype)) yield doctype(child);
  if (note !== "") yield `<!--${note.replace(/-(?=-)/g, "- ")}-->\n`;
  for (const child of children) yield* writeNode(child, { page, parent: "" });
}

interface Place {
  page: PageNode;
  /** Tag around. */
  parent: string;
}

function doctype({ name = "html", publicId = "", systemId = "" }: PageNode): string {
  const plain = (id: string) => `"${id.replace(/[">]/g, "")}"`;
  const ids = publicId !== "" ? ` PUBLIC ${plain(publicId)}` : systemId !== "" ? " SYSTEM" : "";
  return `<!DOCTYPE ${name.replace(/[^\w:.-]/g, "")}${ids}${systemId === "" ? "" : ` ${plain(systemId)}`}>\n`;
}

function* writeNode(node: PageNode, place: Place): Generator<string> {
  if (node.type === nodeType.text) yield escapeText(node.textContent ?? "");
  if (node.type === nodeType.element && !node.dropped && !droppedElements.has(node.tagName ?? ""))
    yield* writeElement(node, place);
}

function* writeElement(node: PageNode, place: Place): Generator<string> {
  const { tagName = "div", sheet } = node;
  if (tagName === "meta" && isReplaced(node)) return;
  // A style sheet that could not be had stays a link to it.
  if (tagName === "link" && sheet && sheet.text !== null) {
    const { media } = node.attributes ?? {};
    yield styleElement(sheet, typeof media === "string" ? media : "");
    return;
  }
  const tag = likePre.has(tagName) ? "pre" : tagName;
  yield `<${tag}${safeAttributes(node, place.page.base ?? "")}`;
  if (node.frame) {
    yield ' srcdoc="';
    for (const part of writeHtml(node.frame)) yield escapeAttribute(part);
    yield '"';
  }
  yield ">";
  if (voidElements.has(tag) && !node.isSVG) return;
  yield* writeContent(node, tag, place);
  yield `</${tag}>`;
}

function* writeContent(node: PageNode, tag: string, place: Place): Generator<string> {
  const { sheet, childNodes = [], attributes = {} } = node;
  if (tag === "head" && place.parent === "html") yield frontMatter;
  if (tag === "style" && sheet) {
    yield node.isSVG ? escapeText(sheet.text ?? "") : rawCss(sheet);
    return;
  }
  if (tag === "textarea") {
    yield `\n${escapeText(String(attributes.value ?? ""))}`;
    return;
  }
  if (tag === "iframe") return;
  if (losesLineFeed.has(tag) && childNodes[0]?.textContent?.startsWith("\n")) yield "\n";
  const inner = { page: place.page, parent: tag };
  if (node.isShadowHost) {
    yield '<template shadowrootmode="open">';
    for (const child of childNodes.filter(({ isShadow }) => isShadow)) yield* writeNode(child, inner);
    for (const adopted of node.adopted ?? []) yield styleElement(adopted, "");
    yield "</template>";
  }
  for (const child of childNodes.filter(({ isShadow }) => !node.isShadowHost || !isShadow))
    yield* writeNode(child, inner);
  if (tag === "head" && place.parent === "html")
    for (const adopted of place.page.adopted ?? []) yield styleElement(adopted, "");
}

/** What the file says itself, and what would lead away from it. */
function isReplaced({ attributes = {} }: PageNode): boolean {
  const about = String(attributes["http-equiv"] ?? "").toLowerCase();
  return "charset" in attributes || /^(content-type|content-security-policy|refresh|set-cookie)/.test(about);
}

function styleElement(sheet: Sheet, media: string): string {
  return `<style${media === "" ? "" : ` media="${escapeAttribute(media)}"`}>${rawCss(sheet)}</style>`;
}

/** In CSS a backslash before a slash changes nothing. */
const rawCss = ({ text }: Sheet) => (text ?? "").replace(/<\/(?=style)/gi, "<\\/");
