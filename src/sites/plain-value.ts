/** Between what a page's script works with and DynamoDB JSON, without loss: see `value` in src/messaging/site-methods.ts. */
import type { Attributes, AttributeValue } from "../shared/attribute-value.ts";
import { base64Of, bytesOfBase64 } from "../shared/base64.ts";
import { SiteProblem } from "./site-problem.ts";

/** @throws SiteProblem `invalid`, with the place as `detail` */
export function attributesOf(value: Record<string, unknown>): Attributes {
  if (!isPlain(value)) throw cannot("value");
  return mapOf(value, "");
}

export function plainOf(attributes: Attributes): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, plain(value)]));
}

function mapOf(value: object, parent: string): Attributes {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries.map(([name, member]) => [name, attribute(member, parent === "" ? name : `${parent}.${name}`)]),
  );
}

function attribute(value: unknown, place: string): AttributeValue {
  switch (typeof value) {
    case "string":
      return { S: value };
    case "boolean":
      return { BOOL: value };
    case "bigint":
      return { N: value.toString() };
    case "number":
      return { N: numberText(value, place) };
    case "undefined":
      return { NULL: true };
    case "object":
      break;
    default:
      throw cannot(place);
  }
  if (value === null) return { NULL: true };
  const bytes = bytesOf(value);
  if (bytes !== null) return { B: base64Of(bytes) };
  if (value instanceof Set) return setOf([...value], place);
  if (Array.isArray(value)) return { L: Array.from(value, (member, at) => attribute(member, `${place}[${at}]`)) };
  // What else a page can send, such as a blob, would become an empty map.
  if (!isPlain(value)) throw cannot(place);
  const written = "$number" in value && Object.keys(value).length === 1 ? value.$number : undefined;
  if (typeof written === "string") return { N: written };
  return { M: mapOf(value, place) };
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function setOf(members: unknown[], place: string): AttributeValue {
  if (members.every((member) => typeof member === "string")) return { SS: members };
  if (members.every((member) => typeof member === "number" || typeof member === "bigint" || isNumber(member))) {
    return { NS: members.map((member) => (attribute(member, place) as { N: string }).N) };
  }
  const bytes = members.map((member) => (typeof member === "object" && member !== null ? bytesOf(member) : null));
  if (bytes.every((one) => one !== null)) return { BS: bytes.map(base64Of) };
  throw cannot(place);
}

function isNumber(value: unknown): boolean {
  return typeof value === "object" && value !== null && "$number" in value && Object.keys(value).length === 1;
}

function numberText(value: number, place: string): string {
  if (!Number.isFinite(value)) throw cannot(place);
  return String(value === 0 ? 0 : value);
}

function plain(value: AttributeValue): unknown {
  if ("S" in value) return value.S;
  if ("N" in value) return number(value.N);
  if ("BOOL" in value) return value.BOOL;
  if ("NULL" in value) return null;
  if ("B" in value) return bytesOfBase64(value.B);
  if ("SS" in value) return new Set(value.SS);
  if ("NS" in value) return new Set(value.NS.map(number));
  if ("BS" in value) return new Set(value.BS.map(bytesOfBase64));
  if ("L" in value) return value.L.map(plain);
  return plainOf(value.M);
}

/** A number where JavaScript holds exactly this one, else a bigint where it is whole, else its text. */
function number(text: string): number | bigint | { $number: string } {
  const near = Number(text);
  if (Number.isFinite(near) && digitsOf(String(near)) === digitsOf(text)) return near;
  return /^-?\d+$/.test(text) ? BigInt(text) : { $number: text };
}

/** Sign, digits and power of ten of a decimal: the same for all ways to write one number. */
function digitsOf(text: string): string {
  const [, sign = "", whole = "", fraction = "", power = "0"] =
    /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  const all = `${whole}${fraction}`.replace(/^0+/, "");
  const digits = all.replace(/0+$/, "");
  if (digits === "") return "0";
  return `${sign === "-" ? "-" : ""}${digits}e${Number(power) - fraction.length + (all.length - digits.length)}`;
}

function bytesOf(value: object): Uint8Array | null {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  return ArrayBuffer.isView(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : null;
}

function cannot(place: string): SiteProblem {
  return new SiteProblem("invalid", "A value cannot be stored.", { detail: place });
}
