/**
 * Sizes as DynamoDB counts them.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
import type { Attributes, AttributeValue } from "../../shared/attribute-value.ts";
import { byteLength } from "../keys.ts";
import { parseNumber } from "./number.ts";

/** Bytes of all attribute names and values. */
export function itemSize(attributes: Attributes): number {
  return Object.entries(attributes).reduce((sum, [name, value]) => sum + byteLength(name) + valueSize(value), 0);
}

/** Bytes of one value. */
export function valueSize(value: AttributeValue): number {
  if ("S" in value) return byteLength(value.S);
  if ("N" in value) return numberSize(value.N);
  if ("B" in value) return binarySize(value.B);
  if ("SS" in value) return total(value.SS, byteLength);
  if ("NS" in value) return total(value.NS, numberSize);
  if ("BS" in value) return total(value.BS, binarySize);
  // 3 bytes for the list or map itself, 1 for each element or pair.
  if ("L" in value) return 3 + total(value.L, (member) => 1 + valueSize(member));
  if ("M" in value) return 3 + Object.keys(value.M).length + itemSize(value.M);
  return 1;
}

/**
 * "Approximately 1 byte per two significant digits + 1 byte", the digits being counted in pairs from the decimal point;
 * a negative number takes one more.
 */
function numberSize(text: string): number {
  const number = parseNumber(text);
  if (number === null || number.digits === "") return 1;
  // An even power of ten lies in the second half of its pair, as the 5 of 05.12 and of 0.05: the first half is spent too.
  const spent = number.magnitude % 2 === 0 ? 1 : 0;
  return 1 + Math.ceil((number.digits.length + spent) / 2) + (number.negative ? 1 : 0);
}

function binarySize(base64: string): number {
  const padding = /=*$/.exec(base64)?.[0].length ?? 0;
  return Math.floor((base64.length / 4) * 3) - padding;
}

function total<Member>(members: Member[], size: (member: Member) => number): number {
  return members.reduce((sum, member) => sum + size(member), 0);
}
