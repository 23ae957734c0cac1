/** What a source itself would be called: by its server's word, else by its address. */
import { percentDecoded } from "../../../shared/percent-decoded.ts";
import { splitEnding } from "../../../shared/safe-file-name.ts";

export interface SuggestedName {
  /** Without ending; "" when nothing suggests one. */
  stem: string;
  /** Without the dot, in lower case; "" when there is none that looks like one. */
  extension: string;
}

const none: SuggestedName = { stem: "", extension: "" };

/** @param disposition the `Content-Disposition` header (RFC 6266); "" when there is none. @param url where redirects led */
export function suggestedName(disposition: string, url: string): SuggestedName {
  const told = split(nameInHeader(disposition));
  return told.stem === "" ? split(nameInUrl(url)) : told;
}

function nameInHeader(disposition: string): string {
  const extended = /(?:^|;)\s*filename\*\s*=\s*(?:utf-8|iso-8859-1)'[^']*'([^;\s]+)/i.exec(disposition)?.[1];
  if (extended !== undefined) return percentDecoded(extended);
  const quoted = /(?:^|;)\s*filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1];
  if (quoted !== undefined) return quoted.replace(/\\(.)/g, "$1");
  return /(?:^|;)\s*filename\s*=\s*([^;\s"]+)/i.exec(disposition)?.[1] ?? "";
}

function nameInUrl(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return "";
  return percentDecoded(url.pathname.slice(url.pathname.lastIndexOf("/") + 1));
}

function split(name: string): SuggestedName {
  // A server's word is no path.
  const last = name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1);
  if (last === "") return none;
  const { stem, ending } = splitEnding(last);
  const plain = ending.replace(/^\./, "").toLowerCase();
  return /^[a-z0-9]{1,8}$/.test(plain) ? { stem, extension: plain } : { stem: last, extension: "" };
}
