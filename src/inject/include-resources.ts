/** Puts pictures, fonts and style sheets into the description of a page, in place of their addresses. */
import { replaceAddresses } from "./css-addresses.ts";
import type { Included } from "./fetch-addresses.ts";
import { nodeType, type PageNode, type Sheet } from "./page-node.ts";

/** Sheets that import sheets, at most. */
const deepestImport = 5;

export interface Resources extends Pick<Included, "include" | "text" | "miss"> {
  /** False for fonts that the page declares and did not need. */
  usesFont(address: string): boolean;
}

export async function includeResources(page: PageNode, resources: Resources): Promise<void> {
  const work: Promise<void>[] = [];
  visit(page, page.base ?? "", resources, work);
  await Promise.all(work);
}

function visit(node: PageNode, base: string, resources: Resources, work: Promise<void>[]): void {
  for (const sheet of node.adopted ?? []) work.push(includeSheet(sheet, resources));
  if (node.sheet) work.push(includeSheet(node.sheet, resources));
  if (node.type === nodeType.element && !node.dropped) {
    for (const name of pictureAttributes(node)) work.push(includeAttribute(node, name, base, resources));
    const style = node.attributes?.style;
    if (typeof style === "string" && style.includes("url(")) {
      work.push(
        inlineCss(style, base, resources).then((css) => {
          if (node.attributes) node.attributes.style = css;
        }),
      );
    }
    if (node.tagName === "iframe" && !node.frame) resources.miss(String(node.attributes?.src ?? ""));
  }
  if (node.frame) visit(node.frame, node.frame.base ?? base, resources, work);
  for (const child of node.childNodes ?? []) visit(child, base, resources, work);
}

function pictureAttributes({ tagName, attributes = {} }: PageNode): string[] {
  const names: Record<string, string[]> = {
    img: ["src"],
    video: ["poster"],
    image: ["href", "xlink:href"],
    feimage: ["href", "xlink:href"],
    body: ["background"],
    table: ["background"],
    td: ["background"],
    th: ["background"],
    link: /\bicon\b/i.test(String(attributes.rel)) ? ["href"] : [],
    input: String(attributes.type).toLowerCase() === "image" ? ["src"] : [],
  };
  return (names[tagName ?? ""] ?? []).filter((name) => typeof attributes[name] === "string" && attributes[name] !== "");
}

async function includeAttribute(node: PageNode, name: string, base: string, resources: Resources): Promise<void> {
  const address = absolute(String(node.attributes?.[name]), base);
  if (node.attributes && address !== null) node.attributes[name] = await resources.include(address);
}

async function includeSheet(sheet: Sheet, resources: Resources): Promise<void> {
  const fetched = sheet.address === undefined ? null : await resources.text(sheet.address);
  const text = fetched ?? sheet.text;
  if (text === null) resources.miss(sheet.base);
  sheet.text = text === null ? null : await inlineCss(text, sheet.base, resources);
}

async function inlineCss(css: string, base: string, resources: Resources, depth = 0): Promise<string> {
  return await replaceAddresses(css, async ({ address, role }) => {
    const target = absolute(address, base);
    if (target === null) return address;
    if (role === "font") return resources.usesFont(target) ? await resources.include(target) : target;
    if (role === "image") return await resources.include(target);
    const text = depth < deepestImport ? await resources.text(target) : null;
    if (text === null) {
      resources.miss(target);
      return target;
    }
    // In a sheet of its own: conditions and layers of the import go on meaning it.
    return `data:text/css;charset=utf-8,${encodeURIComponent(await inlineCss(text, target, resources, depth + 1))}`;
  });
}

function absolute(address: string, base: string): string | null {
  return URL.canParse(address, base) ? new URL(address, base).href : null;
}
