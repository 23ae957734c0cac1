import { escapeAttribute } from "./escape-html.ts";
import type { PageNode } from "./page-node.ts";

/** What the file cannot do, or what would fetch something else than what it shows. */
const dropped =
  /^(on.*|rr_.*|_csstext|nonce|integrity|crossorigin|ping|manifest|srcdoc|imagesrcset|autofocus|shadowroot.*)$/i;
const relative = new Set(["action", "formaction", "cite", "poster", "longdesc", "background"]);
const runs = /^(javascript|vbscript|livescript|mocha):/i;

/** The attributes of a described element as text: addresses absolute, without anything that runs. @param base of its document */
export function safeAttributes({ tagName = "", attributes = {}, frame }: PageNode, base: string): string {
  let text = "";
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false || dropped.test(name) || /[\s"'<>/=\0]/.test(name))
      continue;
    if (tagName === "textarea" && name === "value") continue;
    if (tagName === "select" && name === "value") continue;
    if (tagName === "iframe" && (name === "sandbox" || (name === "src" && frame))) continue;
    const written = writeValue(name, value === true ? "" : String(value), base);
    if (written !== null) text += ` ${name}="${escapeAttribute(written)}"`;
  }
  // Another site's page runs nothing either.
  return tagName === "iframe" && !frame ? `${text} sandbox=""` : text;
}

function writeValue(name: string, value: string, base: string): string | null {
  // The parser of addresses passes over such characters at the beginning, and some of them anywhere.
  if (runs.test([...value.slice(0, 200)].filter((character) => character > " ").join(""))) return null;
  if (name === "href" || name === "xlink:href") return withinPage(value, base);
  if (relative.has(name.toLowerCase()) && URL.canParse(value, base)) return new URL(value, base).href;
  return value;
}

/** A place in the page itself stays one. */
function withinPage(address: string, base: string): string {
  const [page] = base.split("#");
  return address.startsWith(`${page}#`) ? address.slice(page?.length) : address;
}
