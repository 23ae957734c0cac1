/** Longest address that is kept, characters. */
const longest = 2048;

/** For people and for the index item: without password, fragment, or the body of a data: URL. */
export function shown(address: string): string {
  if (/^data:/i.test(address)) return wellFormed(address.slice(0, Math.min(64, address.indexOf(",") + 1 || 64)));
  if (!URL.canParse(address)) return wellFormed(address.slice(0, 200));
  const url = new URL(address);
  url.username = "";
  url.password = "";
  url.hash = "";
  return url.href.slice(0, longest);
}

/** Half of a surrogate pair, of a page's making or of cutting, is nothing that DynamoDB takes. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, "\u{fffd}");
}
