import { XMLParser, XMLValidator } from "fast-xml-parser";
import { malformedXml } from "../s3-error.ts";

/** Element → text, or elements; the elements named in `lists` are always lists. */
export type ParsedXml = { [name: string]: ParsedXml | string | (ParsedXml | string)[] };

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|<!DOCTYPE/i;
const REFERENCE = /&#(?:x([0-9a-f]+)|([0-9]+));/gi;

/**
 * Parses the XML body of a request.
 *
 * @param root the document element that is expected
 * @param lists elements that may occur more than once
 * @throws AwsError `MalformedXML`; also for characters that XML 1.0 does not allow, which a parser might silently drop,
 *   so that another key than the one that was meant would be deleted
 */
export function parseXml(text: string, root: string, lists: readonly string[]): ParsedXml {
  if (ILLEGAL.test(text) || hasIllegalReference(text) || XMLValidator.validate(text) !== true) throw malformedXml();
  const parser = new XMLParser({
    ignoreAttributes: true,
    parseTagValue: false,
    trimValues: false,
    htmlEntities: true,
    // A batch of 1,000 keys may hold any number of `&amp;`; size is bounded before parsing, and documents declare no entities.
    processEntities: { enabled: true, maxTotalExpansions: Number.MAX_SAFE_INTEGER, maxExpandedLength: text.length },
    isArray: (name) => lists.includes(name),
  });
  let parsed: ParsedXml;
  try {
    parsed = parser.parse(text);
  } catch {
    throw malformedXml();
  }
  const content = parsed[root];
  if (content === "") return {};
  if (typeof content !== "object" || Array.isArray(content)) throw malformedXml();
  return content;
}

/** The text of an element; undefined when it is missing. @throws AwsError `MalformedXML` when it holds elements. */
export function textOf(parent: ParsedXml, name: string): string | undefined {
  const value = parent[name];
  if (value === undefined || typeof value === "string") return value;
  throw malformedXml();
}

/** The elements of a list, none when it is missing. @throws AwsError `MalformedXML` when an entry is bare text. */
export function elementsOf(parent: ParsedXml, name: string): ParsedXml[] {
  const value = parent[name];
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw malformedXml();
  return value.map((entry) => {
    if (typeof entry === "string") throw malformedXml();
    return entry;
  });
}

function hasIllegalReference(text: string): boolean {
  for (const [, hex, decimal] of text.matchAll(REFERENCE)) {
    const code = hex !== undefined ? Number.parseInt(hex, 16) : Number.parseInt(decimal ?? "", 10);
    const legal =
      code === 9 ||
      code === 10 ||
      code === 13 ||
      (code >= 0x20 && code < 0xd800) ||
      (code >= 0xe000 && code <= 0x10ffff);
    if (!legal || code === 0xfffe || code === 0xffff) return true;
  }
  return false;
}
