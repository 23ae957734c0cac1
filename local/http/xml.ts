/** An element's content: text, or child elements by name. */
export type XmlContent = string | number | { [name: string]: XmlContent | undefined };

/** Writes an element; text is escaped, absent children are left out. */
export function xmlElement(name: string, content: XmlContent, attributes = ""): string {
  return `<${name}${attributes}>${inner(content)}</${name}>`;
}

function inner(content: XmlContent): string {
  if (typeof content !== "object") return escapeMarkup(String(content));
  return Object.entries(content)
    .map(([name, child]) => (child === undefined ? "" : xmlElement(name, child)))
    .join("");
}

/** Escapes text for XML and HTML, in content and in quoted attributes. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
