/**
 * Plain JSON ⇄ DynamoDB JSON for the types that both know: S, N, BOOL, NULL, L, M. A number keeps its digits as they are
 * written, so 38 of them survive.
 */
import { LosslessNumber, stringify } from "lossless-json";
import { t } from "../../platform/i18n.ts";
import type { Attributes, AttributeValue } from "../../shared/attribute-value.ts";
import { faultOf } from "./json-error.ts";
import { parseJson } from "./parse-json.ts";

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Why an item cannot be shown as plain JSON without loss, as a sentence; null when it can. */
export function whyNotPlain(attributes: Attributes): string | null {
  for (const [name, value] of Object.entries(attributes)) {
    const reason = obstacle(value, name);
    if (reason !== null) return reason;
  }
  return null;
}

function obstacle(value: AttributeValue, path: string): string | null {
  if ("M" in value) return first(Object.entries(value.M).map(([name, member]) => obstacle(member, `${path}.${name}`)));
  if ("L" in value) return first(value.L.map((member, index) => obstacle(member, `${path}.${index}`)));
  if ("B" in value) return t("plain_no_binary", path);
  if ("SS" in value || "NS" in value || "BS" in value) return t("plain_no_set", path);
  if ("N" in value && !jsonNumber.test(value.N)) return t("plain_no_number", path, value.N);
  return null;
}

function first(reasons: (string | null)[]): string | null {
  return reasons.find((reason) => reason !== null) ?? null;
}

/** The plain JSON of an item for which `whyNotPlain` is null. */
export function toPlain(attributes: Attributes): string {
  return stringify(plainMap(attributes), undefined, 2) ?? "";
}

function plainMap(attributes: Attributes): object {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, plain(value)]));
}

function plain(value: AttributeValue): unknown {
  if ("S" in value) return value.S;
  if ("N" in value) return new LosslessNumber(value.N);
  if ("BOOL" in value) return value.BOOL;
  if ("NULL" in value) return null;
  if ("L" in value) return value.L.map(plain);
  if ("M" in value) return plainMap(value.M);
  throw new TypeError("a type that plain JSON does not know");
}

/**
 * The attributes that plain JSON describes.
 * @throws JsonError when it is no JSON, or no object at the top
 */
export function fromPlain(text: string): Attributes {
  const value = parseJson(text);
  if (!isObject(value)) throw faultOf([], t("json_not_object"));
  return typedMap(value, []);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof LosslessNumber);
}

function typedMap(value: Record<string, unknown>, path: string[]): Attributes {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (name === "__proto__") throw faultOf(path, t("json_proto"));
      return [name, typed(member, [...path, name])];
    }),
  );
}

function typed(value: unknown, path: string[]): AttributeValue {
  if (typeof value === "string") return { S: value };
  if (typeof value === "boolean") return { BOOL: value };
  if (value === null) return { NULL: true };
  if (value instanceof LosslessNumber) return { N: value.value };
  if (Array.isArray(value)) return { L: value.map((member, index) => typed(member, [...path, String(index)])) };
  if (isObject(value)) return { M: typedMap(value, path) };
  throw faultOf(path, t("json_value"));
}
