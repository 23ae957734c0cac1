import { validationError } from "./errors.ts";
import type { AttributeValue, Item } from "./types.ts";

/** DynamoDB's limit on one item, names of attributes included, in bytes. */
export const maxItemBytes = 400 * 1024;

/** DynamoDB's limit on maps and lists inside each other. */
const maxDepth = 32;

/**
 * The size of an item in bytes as DynamoDB counts it. dynalite counts UTF-16 units, which lets items beyond ASCII grow
 * to three times the limit.
 *
 * Throws ValidationException for more than 32 levels of nesting.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemSize(item: Item, depth = 0): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(item)) bytes += Buffer.byteLength(name, "utf8") + valueSize(value, depth);
  return bytes;
}

function valueSize(value: AttributeValue, depth: number): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S, "utf8");
  if (value.N !== undefined) return numberSize(value.N);
  if (value.B !== undefined) return Buffer.byteLength(value.B, "base64");
  if (value.SS) return value.SS.reduce((sum, text) => sum + Buffer.byteLength(text, "utf8"), 0);
  if (value.NS) return value.NS.reduce((sum, number) => sum + numberSize(number), 0);
  if (value.BS) return value.BS.reduce((sum, base64) => sum + Buffer.byteLength(base64, "base64"), 0);
  if (!value.L && !value.M) return 1;
  if (depth >= maxDepth) throw validationError("Nesting Levels have exceeded supported limits");
  if (value.L) return value.L.reduce((sum, entry) => sum + 1 + valueSize(entry, depth + 1), 3);
  return 3 + Object.keys(value.M ?? {}).length + itemSize(value.M ?? {}, depth + 1);
}

/** One byte for every two significant digits, one for the exponent, one for a minus sign. */
function numberSize(text: string): number {
  const digits = text.replace(/[-+.]/g, "").replace(/^0+/, "").replace(/0+$/, "");
  if (digits === "") return 1;
  return Math.ceil(digits.length / 2) + 1 + (text.startsWith("-") ? 1 : 0);
}
