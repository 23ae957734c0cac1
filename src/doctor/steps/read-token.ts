import { bytesOfBase64Url } from "../../shared/base64.ts";

export type Claims = Record<string, unknown>;

/** Header and claims of a JWT (RFC 7519), unverified; null when it is none. */
export function readToken(token: string): { header: Claims; claims: Claims } | null {
  const [header, claims, signature, ...more] = token
    .split(".")
    .map((part, index) => (index < 2 ? readPart(part) : part));
  if (!isObject(header) || !isObject(claims) || signature === undefined || more.length > 0) return null;
  return { header, claims };
}

function readPart(part: string): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytesOfBase64Url(part)));
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Claims {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
