/** DynamoDB JSON as text: every value says its type, sets and binary included. */
import { t } from "../../platform/i18n.ts";
import type { Attributes, AttributeValue } from "../../shared/attribute-value.ts";
import { faultOf } from "./json-error.ts";
import { parseJson } from "./parse-json.ts";

export function toDynamodbJson(attributes: Attributes): string {
  return JSON.stringify(attributes, null, 2);
}

/**
 * The attributes that DynamoDB JSON describes.
 * @throws JsonError when it is no JSON, or not of this form
 */
export function fromDynamodbJson(text: string): Attributes {
  return attributes(parseJson(text), []);
}

function attributes(value: unknown, path: string[]): Attributes {
  if (!isPlainObject(value)) throw faultOf(path, t(path.length === 0 ? "json_not_object" : "typed_map"));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (name === "__proto__") throw faultOf(path, t("json_proto"));
      return [name, attributeValue(member, [...path, name])];
    }),
  );
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function attributeValue(value: unknown, path: string[]): AttributeValue {
  const entries = isPlainObject(value) ? Object.entries(value) : [];
  const entry = entries[0];
  if (entry === undefined || entries.length !== 1) throw faultOf(path, t("typed_one_type"));
  const [type, content] = entry;
  switch (type) {
    case "S":
      return { S: text(content, path, "typed_string") };
    case "N":
      return { N: text(content, path, "typed_number") };
    case "B":
      return { B: text(content, path, "typed_binary") };
    case "BOOL":
      if (typeof content !== "boolean") throw faultOf(path, t("typed_bool"));
      return { BOOL: content };
    case "NULL":
      if (content !== true) throw faultOf(path, t("typed_null"));
      return { NULL: true };
    case "SS":
      return { SS: texts(content, path, "typed_string") };
    case "NS":
      return { NS: texts(content, path, "typed_number") };
    case "BS":
      return { BS: texts(content, path, "typed_binary") };
    case "L":
      return { L: list(content, path).map((member, index) => attributeValue(member, [...path, String(index)])) };
    case "M":
      return { M: attributes(content, path) };
    default:
      throw faultOf(path, t("typed_unknown", type));
  }
}

function text(content: unknown, path: string[], key: string): string {
  if (typeof content !== "string") throw faultOf(path, t(key));
  return content;
}

function list(content: unknown, path: string[]): unknown[] {
  if (!Array.isArray(content)) throw faultOf(path, t("typed_list"));
  return content;
}

function texts(content: unknown, path: string[], key: string): string[] {
  return list(content, path).map((member, index) => text(member, [...path, String(index)], key));
}
