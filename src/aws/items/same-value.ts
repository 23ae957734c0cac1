/** Equality as DynamoDB sees it: numbers by value, sets without order, binary by bytes. */
import type { Attributes, AttributeValue } from "../../shared/attribute-value.ts";
import { canonicalNumber } from "./number.ts";

export function sameAttributes(a: Attributes, b: Attributes): boolean {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => sameValue(own(a, name), own(b, name)));
}

export function sameValue(a: AttributeValue | undefined, b: AttributeValue | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if ("L" in a && "L" in b) {
    const members = b.L;
    return a.L.length === members.length && a.L.every((member, at) => sameValue(member, members[at]));
  }
  if ("M" in a && "M" in b) return sameAttributes(a.M, b.M);
  return scalar(a) === scalar(b);
}

/** The attribute of this very object, not one that every object inherits, as `constructor`. */
export function own(attributes: Attributes, name: string): AttributeValue | undefined {
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

function scalar(value: AttributeValue): string {
  if ("N" in value) return `N${canonicalNumber(value.N)}`;
  if ("SS" in value) return `SS${JSON.stringify(value.SS.toSorted())}`;
  if ("BS" in value) return `BS${JSON.stringify(value.BS.toSorted())}`;
  if ("NS" in value) return `NS${JSON.stringify(value.NS.map(canonicalNumber).toSorted())}`;
  return JSON.stringify(value);
}
