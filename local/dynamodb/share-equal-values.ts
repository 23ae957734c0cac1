import type { AttributeValue, Item, ValidRequest } from "./types.ts";

/**
 * dynalite compares maps and lists by identity, so that no map ever equals another; DynamoDB compares what is in them. The
 * returned function lets equal maps and lists of an item be one object with each other and with those that the request
 * compares them with, and dynalite's own comparison is right.
 */
export function shareEqualValues(request: ValidRequest): (item: Item) => Item {
  if (!compares(request)) return (item) => item;
  const known = new Map<string, AttributeValue>();
  for (const value of literalsOf(request)) share(value, known);
  return (item) => {
    for (const value of Object.values(item)) share(value, known);
    return item;
  };
}

const compares = ({ _condition, _filter, Expected, QueryFilter, ScanFilter }: ValidRequest) =>
  [_condition, _filter, Expected, QueryFilter, ScanFilter].some((part) => part !== undefined);

/** dynalite's parsed expressions hold these very objects, so a change here is a change there. */
function literalsOf({ ExpressionAttributeValues, Expected, QueryFilter, ScanFilter }: ValidRequest): AttributeValue[] {
  const legacy = [Expected, QueryFilter, ScanFilter].flatMap((conditions) => Object.values(conditions ?? {}));
  return [
    ...Object.values(ExpressionAttributeValues ?? {}),
    ...legacy.flatMap(({ Value, AttributeValueList = [] }) =>
      Value ? [Value, ...AttributeValueList] : AttributeValueList,
    ),
  ];
}

/** The containers change, the objects that hold them do not: dynalite finds entries of a list by identity too. */
function share(value: AttributeValue, known: Map<string, AttributeValue>): void {
  if (!value.M && !value.L) return;
  for (const member of value.L ?? Object.values(value.M ?? {})) share(member, known);
  const text = canonicalText(value);
  const first = known.get(text);
  if (!first) known.set(text, value);
  else if (first.M) value.M = first.M;
  else if (first.L) value.L = first.L;
}

/** The same text for equal values: members of maps and sets have no order. */
function canonicalText(value: AttributeValue): string {
  if (value.L) return `[${value.L.map(canonicalText).join()}]`;
  if (!value.M) return JSON.stringify(value, (_name, set) => (Array.isArray(set) ? [...set].sort() : set));
  const members = Object.entries(value.M).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalText(member)}`).join()}}`;
}
