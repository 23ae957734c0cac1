import { validationError } from "../errors.ts";
import type { JsonObject } from "../types.ts";

/** What a transaction may do with one item, and the members of such an entry. Others are ignored, as AWS does. */
const members: Record<string, readonly string[]> = {
  Get: ["TableName", "Key", "ProjectionExpression", "ExpressionAttributeNames"],
  Put: ["TableName", "Item"],
  Update: ["TableName", "Key", "UpdateExpression"],
  Delete: ["TableName", "Key"],
  ConditionCheck: ["TableName", "Key"],
};

const conditionMembers = [
  "ConditionExpression",
  "ExpressionAttributeNames",
  "ExpressionAttributeValues",
  "ReturnValuesOnConditionCheckFailure",
];

const maxEntries = 100;

/** Bytes of all items of one transaction. */
export const maxTransactionBytes = 4 * 1024 * 1024;

export interface TransactEntry {
  kind: string;
  input: JsonObject;
}

/**
 * The entries of `TransactItems`, each with exactly one of `kinds`.
 * Throws ValidationException for what is missing, empty, doubled or too much.
 */
export function transactEntries(transactItems: unknown, kinds: readonly string[]): TransactEntry[] {
  const invalid = (constraint: string) =>
    validationError(
      `1 validation error detected: Value at 'transactItems' failed to satisfy constraint: ${constraint}`,
    );
  if (transactItems === undefined || transactItems === null) throw invalid("Member must not be null");
  if (!Array.isArray(transactItems)) throw invalid("Member must be a list");
  if (transactItems.length < 1) throw invalid("Member must have length greater than or equal to 1");
  if (transactItems.length > maxEntries) throw invalid(`Member must have length less than or equal to ${maxEntries}`);
  return transactItems.map((entry: unknown) => readEntry(entry, kinds));
}

function readEntry(entry: unknown, kinds: readonly string[]): TransactEntry {
  const given = isObject(entry) ? kinds.filter((kind) => isObject(entry[kind])) : [];
  const kind = given[0];
  if (!isObject(entry) || kind === undefined || given.length > 1)
    throw validationError(`TransactItems can only contain one of ${kinds.join(", ")}`);
  const source = entry[kind] as JsonObject;
  const allowed = [...(members[kind] ?? []), ...(kind === "Get" ? [] : conditionMembers)];
  return {
    kind,
    input: Object.fromEntries(allowed.filter((name) => name in source).map((name) => [name, source[name]])),
  };
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
