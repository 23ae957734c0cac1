/** An element's content: text, elements, or several elements of the same name. `undefined` leaves the element out. */
export type XmlContent = string | number | boolean | undefined | XmlElements | readonly XmlContent[];
export interface XmlElements {
  readonly [name: string]: XmlContent;
}

const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

/**
 * Writes an S3 document. Elements stand in the order of the object; lists repeat their element.
 *
 * @param content text, the root's elements, or several groups of them where different elements take turns
 */
export function writeXml(
  root: string,
  content: XmlElements | readonly XmlElements[] | string,
  options: { namespace?: boolean } = {},
): string {
  const namespace = options.namespace === false ? "" : ` xmlns="${NAMESPACE}"`;
  const inner = isGroups(content) ? content.map(writeContent).join("") : writeContent(content);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${namespace}>${inner}</${root}>`;
}

/**
 * Text for an element. Carriage returns and other controls become character references, as S3 writes them: a key with
 * U+0001 is then not valid XML 1.0, which is why `encoding-type=url` exists.
 */
function escapeXml(text: string): string {
  return text.replace(ESCAPED, (character) => ENTITIES[character] ?? `&#x${character.charCodeAt(0).toString(16)};`);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what has to be escaped
const ESCAPED = /[&<>"\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\ufffe\uffff]/g;
const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function writeContent(content: XmlElements | string | number | boolean): string {
  if (typeof content !== "object") return escapeXml(String(content));
  return Object.entries(content)
    .map(([name, value]) => writeElement(name, value))
    .join("");
}

function writeElement(name: string, content: XmlContent): string {
  if (content === undefined) return "";
  if (isList(content)) return content.map((entry) => writeElement(name, entry)).join("");
  return `<${name}>${writeContent(content)}</${name}>`;
}

function isList(content: XmlContent): content is readonly XmlContent[] {
  return Array.isArray(content);
}

function isGroups(content: XmlElements | readonly XmlElements[] | string): content is readonly XmlElements[] {
  return Array.isArray(content);
}
