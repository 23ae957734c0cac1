/** Elements that do not scroll with the page: each picture of a part would show them again. */

export interface Pinned {
  /** CSS selectors. */
  fixed: string[];
  sticky: string[];
  /** No selector of the document leads into a shadow tree. */
  inShadows: HTMLElement[];
}

/** Of those hidden in shadow trees: the `style` attribute that was found. */
const hidden = new Map<HTMLElement, string | null>();

export function findPinned(): Pinned {
  const pinned: Pinned = { fixed: [], sticky: [], inShadows: [] };
  const candidates: HTMLElement[] = [];
  for (const element of everyElement(document)) {
    if (!(element instanceof HTMLElement)) continue;
    const { position } = getComputedStyle(element);
    if (position === "fixed") candidates.push(element);
    else if (position === "sticky" && element.getRootNode() === document) pinned.sticky.push(selectorOf(element));
  }
  for (const element of staying(candidates)) {
    if (element.getRootNode() === document) pinned.fixed.push(selectorOf(element));
    else pinned.inShadows.push(element);
  }
  return pinned;
}

/** Below an element that is transformed, "fixed" scrolls like everything else: one pixel tells. */
function staying(candidates: HTMLElement[]): HTMLElement[] {
  if (candidates.length === 0) return [];
  const tops = () => candidates.map((element) => element.getBoundingClientRect().top);
  const [x, y] = [scrollX, scrollY];
  const before = tops();
  scrollTo({ left: x, top: y > 0 ? y - 1 : 1, behavior: "instant" });
  const after = tops();
  scrollTo({ left: x, top: y, behavior: "instant" });
  return candidates.filter((_, at) => before[at] === after[at]);
}

function* everyElement(root: Document | ShadowRoot): Generator<Element> {
  for (const element of root.querySelectorAll("*")) {
    yield element;
    if (element.shadowRoot) yield* everyElement(element.shadowRoot);
  }
}

/** By place alone: ids may be there twice. */
function selectorOf(element: Element): string {
  const steps: string[] = [];
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const place = at.parentElement === null ? 0 : [...at.parentElement.children].indexOf(at) + 1;
    steps.unshift(place === 0 ? ":root" : `:nth-child(${place})`);
  }
  return steps.join(">");
}

export function hideInShadows(elements: HTMLElement[]): void {
  for (const element of elements) {
    if (hidden.has(element)) continue;
    hidden.set(element, element.getAttribute("style"));
    element.style.setProperty("transition", "none", "important");
    element.style.setProperty("opacity", "0", "important");
  }
}

export function showInShadows(): void {
  for (const [element, style] of hidden) {
    if (style === null) element.removeAttribute("style");
    else element.setAttribute("style", style);
  }
  hidden.clear();
}
