import { base64UrlOf } from "../shared/base64.ts";

/** Whom a token stands for, and to whom it is shown. */
export interface PersonAtSite {
  bucket: string;
  table: string;
  identity: string;
  origin: string;
}

/** Bytes of a token. */
const length = 16;

/**
 * What a site knows a person by: the same on every device, another for each person and for each site. It is keyed with random bytes
 * that lie in the person's own storage, so that nobody who guesses the identity finds the guess confirmed.
 * @returns base64url, 22 characters
 */
export async function personToken(key: Uint8Array<ArrayBuffer>, about: PersonAtSite): Promise<string> {
  const hmac = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const digest = await crypto.subtle.sign("HMAC", hmac, lengthPrefixed(about));
  return base64UrlOf(new Uint8Array(digest).subarray(0, length));
}

/** Each part behind its length in bytes (32 bits): no two lists of parts are the same bytes. */
export function lengthPrefixed({ bucket, table, identity, origin }: PersonAtSite): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const parts = ["holdall person", bucket, table, identity, origin].map((part) => encoder.encode(part));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + 4 + part.length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const part of parts) {
    view.setUint32(at, part.length);
    bytes.set(part, at + 4);
    at += 4 + part.length;
  }
  return bytes;
}
