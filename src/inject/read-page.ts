/** Describes the document as it is now: what scripts made of it, what was typed, shadow trees, frames of the same site. */
import { createMirror, snapshot } from "rrweb-snapshot";
import type { PageNode } from "./page-node.ts";
import { adoptedSheets, linkedSheet, ownSheet } from "./read-sheets.ts";

/** Frames within frames, at most. */
const deepest = 5;
/** Of these the library keeps nothing: it would follow them with listeners that stay, and rewrite their CSS. */
const readHere = "style, link, iframe, frame";
const never = /(?!)/;

/** @throws Error for a document that cannot be described */
export function readPage(document: Document, depth = 0): PageNode {
  const mirror = createMirror();
  const page: PageNode | null = snapshot(document, {
    mirror,
    blockClass: never,
    blockSelector: readHere,
    maskTextClass: never,
    inlineStylesheet: false,
    // Passwords are nobody's capture.
    maskAllInputs: { password: true },
    maskInputFn: () => "",
    onSerialize: (node) => {
      const meta: PageNode | null = mirror.getMeta(node);
      if (meta === null) return;
      // By constructor of the node's own window: a frame has others.
      if (node.nodeType === Node.ELEMENT_NODE) addToElement(node as Element, meta, depth);
      else if (node === document) Object.assign(meta, { adopted: adoptedSheets(document, document.baseURI) });
    },
  });
  if (page === null) throw new Error("the page cannot be described");
  page.base = document.baseURI;
  return page;
}

function addToElement(element: Element, meta: PageNode, depth: number): void {
  const { tagName = "" } = meta;
  const attributes = meta.attributes ?? {};
  meta.attributes = attributes;
  if (element.matches(readHere)) {
    meta.attributes = Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));
  }
  if (element.shadowRoot) meta.adopted = adoptedSheets(element.shadowRoot, element.baseURI);
  if (tagName === "style") meta.sheet = ownSheet(element as HTMLStyleElement);
  if (tagName === "link") addLink(element as HTMLLinkElement, meta);
  if (tagName === "iframe") addFrame(element as HTMLIFrameElement, meta, depth);
  if (tagName === "img") {
    const image = element as HTMLImageElement;
    attributes.src = image.currentSrc || image.src;
    for (const name of ["srcset", "sizes", "loading"]) delete attributes[name];
  }
  if (tagName === "source") meta.dropped = element.parentElement?.tagName === "PICTURE";
  if (tagName === "textarea") attributes.value = (element as HTMLTextAreaElement).value;
  if (tagName === "input") addInput(element as HTMLInputElement, attributes);
  if (tagName === "canvas") addCanvas(element as HTMLCanvasElement, attributes);
}

function addLink(link: HTMLLinkElement, meta: PageNode): void {
  const words = link.rel.toLowerCase().split(/\s+/);
  if (meta.attributes && link.href !== "") meta.attributes.href = link.href;
  if (words.includes("stylesheet")) {
    // Those to choose from, and those that are switched off.
    if (link.disabled || words.includes("alternate")) meta.dropped = true;
    else meta.sheet = linkedSheet(link);
  } else if (!words.some((word) => ["icon", "canonical", "license", "author", "help", "search"].includes(word))) {
    // What would be loaded for later.
    meta.dropped = true;
  }
}

function addFrame(frame: HTMLIFrameElement, meta: PageNode, depth: number): void {
  if (meta.attributes && frame.src !== "") meta.attributes.src = frame.src;
  try {
    // Throws, or null, for another site's.
    const document = frame.contentDocument;
    if (document?.documentElement && depth < deepest) meta.frame = readPage(document, depth + 1);
  } catch {
    return;
  }
}

function addInput(input: HTMLInputElement, attributes: Record<string, unknown>): void {
  if (input.type === "checkbox" || input.type === "radio") {
    delete attributes.checked;
    if (input.checked) attributes.checked = "";
  } else if (input.type === "password" || input.type === "file") delete attributes.value;
  else attributes.value = input.value;
}

/** Its picture becomes its background: selectors that mean a canvas go on meaning it. */
function addCanvas(canvas: HTMLCanvasElement, attributes: Record<string, unknown>): void {
  try {
    const picture = canvas.toDataURL();
    const style = `background:url("${picture}") center/100% 100% no-repeat !important`;
    if (picture !== "data:,") attributes.style = [attributes.style, style].filter(Boolean).join(";");
  } catch {
    // Holds another site's picture: its pixels are kept from scripts.
  }
}
