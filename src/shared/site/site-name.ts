/**
 * The name that an origin has in keys: one segment without `/ * ? $ #`, and no two origins share one.
 * `https://notes.example:8443` → `https_notes.example_p8443`. Hosts are ASCII in an origin; what is no letter, digit, dot or
 * hyphen becomes `_` and two hexadecimal digits, of which `p` is none.
 * @param origin as the browser serialises it
 * @returns null for what cannot be connected: no tuple origin (`null`, `file:`), or `http:` off loopback
 */
import { isLoopback } from "../loopback.ts";

export function siteName(origin: string): string | null {
  if (!URL.canParse(origin)) return null;
  const url = new URL(origin);
  if (url.origin !== origin) return null;
  const secure = url.protocol === "https:";
  if (!secure && !(url.protocol === "http:" && isLoopback(url.hostname))) return null;
  const host = url.hostname.replace(/[^a-z0-9.-]/g, (mark) => `_${mark.charCodeAt(0).toString(16).padStart(2, "0")}`);
  return `${url.protocol.slice(0, -1)}_${host}${url.port === "" ? "" : `_p${url.port}`}`;
}
