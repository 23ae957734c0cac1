/** The form of DynamoDB JSON in a message. Meaning (sizes, digits, duplicates in sets) is judged by src/aws/check-item.ts. */
import * as v from "valibot";
import type { Attributes, AttributeValue } from "../shared/attribute-value.ts";

/** DynamoDB itself stops at 32 levels. */
const deepest = 32;

function isAttributeValue(value: unknown, depth: number): value is AttributeValue {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  const entry = entries[0];
  if (entries.length !== 1 || entry === undefined || depth > deepest) return false;
  const [type, content] = entry;
  switch (type) {
    case "S":
    case "N":
    case "B":
      return typeof content === "string";
    case "BOOL":
      return typeof content === "boolean";
    case "NULL":
      return content === true;
    case "SS":
    case "NS":
    case "BS":
      return Array.isArray(content) && content.every((member) => typeof member === "string");
    case "L":
      return Array.isArray(content) && content.every((member) => isAttributeValue(member, depth + 1));
    case "M":
      return isAttributes(content, depth + 1);
    default:
      return false;
  }
}

function isAttributes(value: unknown, depth = 0): value is Attributes {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([name, member]) => name !== "__proto__" && isAttributeValue(member, depth));
}

export const attributesSchema = v.custom<Attributes>((value) => isAttributes(value), "not DynamoDB JSON");
