/**
 * Where a text stops being JSON (RFC 8259). `JSON.parse` tells in each engine another way, and V8 in short texts not at all.
 */
const token =
  /[{}[\],:]|"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy;
const space = /[ \t\n\r]*/y;

/** What may come next: `value`, `first` (a value or the end of an array), `key`, `firstKey`, `colon`, `more`. */
type Expected = "value" | "first" | "key" | "firstKey" | "colon" | "more";

/** Index of the first character that cannot be, or the length when the text ends too early; null for JSON. */
export function jsonErrorAt(text: string): number | null {
  const open: ("{" | "[")[] = [];
  let expected: Expected = "value";
  let at = 0;
  while (true) {
    space.lastIndex = at;
    space.test(text);
    at = space.lastIndex;
    if (expected === "more" && open.length === 0) return at === text.length ? null : at;
    token.lastIndex = at;
    const found = token.exec(text)?.[0];
    if (found === undefined) return at;
    const next = step(found, expected, open);
    if (next === null) return at;
    expected = next;
    at += found.length;
  }
}

function step(found: string, expected: Expected, open: ("{" | "[")[]): Expected | null {
  const inside = open.at(-1);
  const closes = found === (inside === "{" ? "}" : "]");
  switch (expected) {
    case "colon":
      return found === ":" ? "value" : null;
    case "more":
      if (closes) {
        open.pop();
        return "more";
      }
      return found === "," ? (inside === "{" ? "key" : "value") : null;
    case "key":
    case "firstKey":
      if (expected === "firstKey" && closes) {
        open.pop();
        return "more";
      }
      return found.startsWith('"') ? "colon" : null;
    case "first":
      if (closes) {
        open.pop();
        return "more";
      }
      break;
    case "value":
      break;
  }
  if (found === "{" || found === "[") {
    open.push(found);
    return found === "{" ? "firstKey" : "first";
  }
  return /^[\]},:]$/.test(found) ? null : "more";
}
