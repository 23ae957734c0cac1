/** What DynamoDB would refuse is refused before it is sent, with the place and the reason. */
import type { Attributes, AttributeValue } from "../../shared/attribute-value.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { byteLength, checkSortKey } from "../keys.ts";
import { itemSize } from "./item-size.ts";
import { canonicalNumber, numberFault } from "./number.ts";

/** "400 KB" is 400 × 1,024 bytes: names, values and both keys. */
export const largestItem = 400 * 1024;
/** DynamoDB Developer Guide, "Quotas": nesting depth 32, attribute names up to 65,535 bytes. */
const deepest = 32;
const longestName = 65_535;
const loneSurrogate = /\p{Cs}/u;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export interface ItemKeys {
  /** Names of the key attributes. */
  partitionKey: string;
  sortKey: string;
}

/**
 * An item as it would be written.
 * @param partition value of the partition key
 * @throws HoldallError `item-key-empty`, `item-key-too-long`, `item-invalid` (path as in
 *   `colours[2].name`), `item-too-large`
 */
export function checkItem(partition: string, sortKey: string, attributes: Attributes, keys: ItemKeys): void {
  checkSortKey(sortKey);
  checkNotKeys(Object.keys(attributes), keys);
  checkAttributes(attributes, "", 0);
  const bytes =
    itemSize(attributes) +
    byteLength(keys.partitionKey) +
    byteLength(partition) +
    byteLength(keys.sortKey) +
    byteLength(sortKey);
  if (bytes > largestItem) throw new HoldallError("item-too-large", { subs: [String(bytes)] });
}

/** @throws HoldallError `item-invalid` for a name of a key attribute, which is neither written nor taken away */
export function checkNotKeys(names: string[], { partitionKey, sortKey }: ItemKeys): void {
  for (const name of [partitionKey, sortKey]) {
    if (names.includes(name)) invalid(name, "is a key attribute of the table");
  }
}

function invalid(path: string, reason: string): never {
  throw new HoldallError("item-invalid", { subs: [path, reason], detail: `${path} ${reason}` });
}

function checkAttributes(attributes: Attributes, parent: string, depth: number): void {
  for (const [name, value] of Object.entries(attributes)) {
    const path = parent === "" ? name : `${parent}.${name}`;
    if (name === "") invalid(parent === "" ? "item" : parent, "has an attribute without a name");
    if (loneSurrogate.test(name)) invalid(path, "has half of a surrogate pair in its name");
    if (byteLength(name) > longestName) invalid(path.slice(0, 80), "has a name longer than 65,535 bytes");
    checkValue(value, path, depth);
  }
}

function checkValue(value: AttributeValue, path: string, depth: number): void {
  if (depth > deepest) invalid(path, "lies deeper than 32 levels");
  if ("S" in value) checkString(value.S, path);
  else if ("N" in value) checkNumber(value.N, path);
  else if ("B" in value) checkBinary(value.B, path);
  else if ("SS" in value) checkSet(value.SS, path, checkString, (member) => member);
  else if ("NS" in value) checkSet(value.NS, path, checkNumber, canonicalNumber);
  else if ("BS" in value) checkSet(value.BS, path, checkBinary, (member) => member);
  else if ("L" in value) for (const [at, member] of value.L.entries()) checkValue(member, `${path}[${at}]`, depth + 1);
  else if ("M" in value) checkAttributes(value.M, path, depth + 1);
}

function checkString(text: string, path: string): void {
  if (loneSurrogate.test(text)) invalid(path, "holds half of a surrogate pair");
}

function checkNumber(text: string, path: string): void {
  const fault = numberFault(text);
  if (fault !== null) invalid(path, fault);
}

function checkBinary(text: string, path: string): void {
  if (!base64.test(text)) invalid(path, "is not base64");
}

/** Members may be empty (but for numbers), the set may not, and no member may come twice. */
function checkSet(
  members: string[],
  path: string,
  check: (member: string, path: string) => void,
  canonical: (member: string) => string,
): void {
  if (members.length === 0) invalid(path, "is an empty set");
  const seen = new Set<string>();
  for (const [at, member] of members.entries()) {
    check(member, `${path}[${at}]`);
    const one = canonical(member);
    if (seen.has(one)) invalid(`${path}[${at}]`, "comes twice in its set");
    seen.add(one);
  }
}
