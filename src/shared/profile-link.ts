import { isLoopback } from "./loopback.ts";

/** Characters. Longer addresses are no links that somebody was sent. */
const longest = 2048;

/** Where a company's server has its profile, when a link names the server alone. */
const usualPath = "/.well-known/holdall.json";

/** True for a text that is meant as an address: nobody's JSON begins like this. */
export function looksLikeLink(text: string): boolean {
  return /^\s*https?:/i.test(text);
}

/**
 * The address that a profile's link leads to: `https:`, or `http:` on loopback. A server alone stands for its
 * `/.well-known/holdall.json`. Null for what is no such link.
 */
export function profileLink(text: string): URL | null {
  const trimmed = text.trim();
  if (trimmed.length > longest || !/^https?:\/\/[^\s\p{C}]+$/iu.test(trimmed) || !URL.canParse(trimmed)) return null;
  const url = new URL(trimmed);
  if (url.username !== "" || url.password !== "") return null;
  if (url.protocol === "http:" && !isLoopback(url.hostname)) return null;
  url.hash = "";
  if (url.pathname === "/" && url.search === "") url.pathname = usualPath;
  return url;
}
