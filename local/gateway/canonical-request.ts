import { decodePercent } from "./request-target.ts";

export interface CanonicalInput {
  method: string;
  rawPath: string;
  /** Decoded; the signature's own value is left out by the caller. */
  pairs: readonly [name: string, value: string][];
  /** Lower-case names; repeated values already joined by a comma. */
  headers: ReadonlyMap<string, string>;
  /** Lower-case, sorted. */
  signedHeaders: readonly string[];
  /** The value of the payload line: hex SHA-256, `UNSIGNED-PAYLOAD`, `STREAMING-…`. */
  payloadHash: string;
  /** S3 encodes the path once, every other service twice. */
  encodePathTwice: boolean;
}

/** The canonical request of Signature Version 4. (IAM User Guide, "Create a signed AWS API request".) */
export function canonicalRequest(input: CanonicalInput): string {
  const headers = input.signedHeaders.map((name) => `${name}:${squeeze(input.headers.get(name) ?? "")}\n`);
  return [
    input.method,
    canonicalPath(input.rawPath, input.encodePathTwice),
    canonicalQuery(input.pairs),
    headers.join(""),
    input.signedHeaders.join(";"),
    input.payloadHash,
  ].join("\n");
}

function canonicalPath(rawPath: string, twice: boolean): string {
  const path = rawPath === "" ? "/" : rawPath;
  const once = decodePercent(path).split("/").map(encode).join("/");
  return twice ? once.split("/").map(encode).join("/") : once;
}

/** Pairs are sorted after encoding, by name and then by value, in byte order. */
function canonicalQuery(pairs: CanonicalInput["pairs"]): string {
  return pairs
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

/** Encoded text is ASCII, where JavaScript's order is the order of bytes. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Percent-encodes all but RFC 3986's unreserved characters. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function squeeze(value: string): string {
  return value.trim().replace(/ {2,}/g, " ");
}
