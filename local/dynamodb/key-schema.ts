import { validationError } from "./errors.ts";
import type { AttributeValue, Item, TableDescription } from "./types.ts";

type KeyType = "S" | "N" | "B";

interface KeyAttribute {
  name: string;
  type: KeyType;
  maxBytes: number;
}

/** A table's key attributes, the partition key first. */
export type KeySchema = readonly KeyAttribute[];

/** Bytes of a partition key and of a sort key. */
const maxKeyBytes = [2048, 1024];

export function keySchemaOf(table: TableDescription): KeySchema {
  return table.KeySchema.map(({ AttributeName: name }, index) => {
    const definition = table.AttributeDefinitions.find((entry) => entry.AttributeName === name);
    return { name, type: definition?.AttributeType ?? "S", maxBytes: maxKeyBytes[index] ?? 0 };
  });
}

/**
 * Checks the key of a request (`Key`), or the key attributes of an item, and returns the partition key's value as the
 * policy variable `dynamodb:LeadingKeys` spells it.
 *
 * Throws ValidationException for a key that does not fit the table: one without the partition key could not be judged.
 */
export function leadingKeyOf(schema: KeySchema, attributes: Item, kind: "Key" | "Item"): string {
  if (kind === "Key" && Object.keys(attributes).length !== schema.length) throw keyMismatch();
  for (const key of schema) checkKeyAttribute(key, attributes[key.name], kind);
  const partitionKey = schema[0];
  const value = partitionKey && attributes[partitionKey.name];
  if (!value) throw keyMismatch();
  return keyText(value);
}

/** The text of a key value: numbers as dynalite normalised them (`1.0` is `1`), binary as base64. */
export function keyText(value: AttributeValue): string {
  const text = value.S ?? value.N ?? value.B;
  if (text === undefined) throw keyMismatch();
  return text;
}

export const emptyKey = (type: "S" | "B", name: string) =>
  validationError(
    `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${type === "S" ? "string" : "binary"} value. Key: ${name}`,
  );

const keyMismatch = () => validationError("The provided key element does not match the schema");

function checkKeyAttribute(key: KeyAttribute, value: AttributeValue | undefined, kind: "Key" | "Item"): void {
  const invalid = "One or more parameter values were invalid";
  const text = value?.[key.type];
  if (text === undefined) {
    if (kind === "Key") throw keyMismatch();
    if (!value) throw validationError(`${invalid}: Missing the key ${key.name} in the item`);
    const actual = Object.keys(value)[0];
    throw validationError(`${invalid}: Type mismatch for key ${key.name} expected: ${key.type} actual: ${actual}`);
  }
  if (key.type === "N") return;
  if (text === "") throw emptyKey(key.type, key.name);
  // dynalite counts UTF-16 units; DynamoDB counts bytes.
  if (Buffer.byteLength(text, key.type === "S" ? "utf8" : "base64") > key.maxBytes)
    throw validationError(
      key.maxBytes === maxKeyBytes[0]
        ? `${invalid}: Size of hashkey has exceeded the maximum size limit of2048 bytes`
        : `${invalid}: Aggregated size of all range keys has exceeded the size limit of 1024 bytes`,
    );
}
