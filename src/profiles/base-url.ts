import { isLoopback } from "../shared/loopback.ts";

/** The URL when `text` is http or https with nothing after its path and no user in it; else null. */
export function baseUrl(text: string): URL | null {
  if (text.length > 1024 || !URL.canParse(text)) return null;
  const url = new URL(text);
  const plain =
    (url.protocol === "https:" || url.protocol === "http:") &&
    url.username === "" &&
    url.password === "" &&
    // Half of a surrogate pair becomes U+FFFD in a URL, and what turns the line round is read as another host.
    !/[?#\s\\\p{C}]/u.test(text);
  return plain ? url : null;
}

/** TLS, or a host that is this machine. */
export function isSecure(text: string): boolean {
  const url = new URL(text);
  return url.protocol === "https:" || isLoopback(url.hostname);
}
