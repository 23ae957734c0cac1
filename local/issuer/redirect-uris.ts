import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";

interface Manifest {
  key?: string;
  browser_specific_settings?: { gecko?: { id?: string } };
}

/** Where a Node test may be sent back to; the port is free (RFC 8252, section 7.3). */
export const LOOPBACK_REDIRECT = "http://127.0.0.1/callback";

/**
 * The redirect URIs of the extension whose manifest lies at `path`: `identity.getRedirectURL()` in Chromium and Firefox.
 * Empty when there is no manifest.
 */
export function extensionRedirectUris(path: string): string[] {
  if (!existsSync(path)) return [];
  const manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest;
  const uris: string[] = [];
  if (manifest.key !== undefined) uris.push(`https://${chromiumId(manifest.key)}.chromiumapp.org/`);
  const geckoId = manifest.browser_specific_settings?.gecko?.id;
  if (geckoId !== undefined) {
    const host = createHash("sha1").update(geckoId).digest("hex");
    uris.push(`https://${host}.extensions.allizom.org/`);
  }
  return uris;
}

/** A Chromium extension's id: the first 16 bytes of the key's SHA-256, each half byte as a letter from a to p. */
function chromiumId(key: string): string {
  const digest = createHash("sha256").update(Buffer.from(key, "base64")).digest("hex").slice(0, 32);
  return digest.replace(/./g, (digit) => String.fromCharCode("a".charCodeAt(0) + Number.parseInt(digit, 16)));
}
