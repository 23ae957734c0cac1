/** Between DynamoDB JSON, which is the truth here, and the SDK's form, which differs in binary only. */
import type { AttributeValue as SdkValue } from "@aws-sdk/client-dynamodb";
import type { Attributes, AttributeValue } from "../../shared/attribute-value.ts";
import { base64Of, bytesOfBase64 } from "../../shared/base64.ts";
import { HoldallError } from "../../shared/holdall-error.ts";

export type SdkItem = Record<string, SdkValue>;

export function encodeItem(attributes: Attributes): SdkItem {
  return mapValues(attributes, encodeValue);
}

export function decodeItem(item: SdkItem): Attributes {
  return mapValues(item, decodeValue);
}

export function encodeValue(value: AttributeValue): SdkValue {
  if ("B" in value) return { B: bytesOfBase64(value.B) };
  if ("BS" in value) return { BS: value.BS.map(bytesOfBase64) };
  if ("L" in value) return { L: value.L.map(encodeValue) };
  if ("M" in value) return { M: encodeItem(value.M) };
  // A copy: the SDK's types want arrays of their own.
  if ("SS" in value) return { SS: [...value.SS] };
  if ("NS" in value) return { NS: [...value.NS] };
  return value;
}

/** @throws HoldallError `service-refused` for a type that DynamoDB may add one day */
function decodeValue(value: SdkValue): AttributeValue {
  if (value.S !== undefined) return { S: value.S };
  if (value.N !== undefined) return { N: value.N };
  if (value.B !== undefined) return { B: base64Of(value.B) };
  if (value.BOOL !== undefined) return { BOOL: value.BOOL };
  if (value.NULL !== undefined) return { NULL: true };
  if (value.SS !== undefined) return { SS: value.SS };
  if (value.NS !== undefined) return { NS: value.NS };
  if (value.BS !== undefined) return { BS: value.BS.map(base64Of) };
  if (value.L !== undefined) return { L: value.L.map(decodeValue) };
  if (value.M !== undefined) return { M: decodeItem(value.M) };
  throw new HoldallError("service-refused", { subs: ["unknown attribute type"], service: "dynamodb" });
}

/** Own properties only, so that an attribute named `__proto__` stays an attribute. */
function mapValues<From, To>(source: Record<string, From>, convert: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(source).map(([name, value]) => [name, convert(value)]));
}
