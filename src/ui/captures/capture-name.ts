import { percentDecoded } from "../../shared/percent-decoded.ts";
/** What a capture is called: its title, else the last part of its address, else the address. */
export function captureName({ title, url }: { title: string; url: string }): string {
  const named = title.trim();
  if (named !== "" || !URL.canParse(url)) return named || url;
  const { protocol, host, pathname } = new URL(url);
  // Of data: and blob: addresses nobody knows anything by their end.
  if (protocol !== "http:" && protocol !== "https:") return protocol;
  const last = pathname.split("/").filter(Boolean).at(-1);
  return last === undefined ? host : percentDecoded(last);
}
