/** The address alone, in a small file that systems open: an Internet shortcut, which Windows, macOS and most of Linux know. */
import { HoldallError } from "../../shared/holdall-error.ts";
import type { Taken } from "../taken.ts";
import { sha256Hex } from "./sha256.ts";

/**
 * What a shortcut may lead to. Others either hold their content themselves (data:, blob:), run when they are opened (javascript:),
 * or mean something else on the machine where the file is opened (file:).
 */
const schemes = ["http:", "https:", "ftp:", "mailto:", "tel:", "magnet:", "about:", "chrome:", "edge:"];

/**
 * A `.url` file without password, with the fragment: it says where in the page. @param title may be ""
 * @throws HoldallError `capture-unfetchable`
 */
export async function bookmarkFile(url: string, title: string): Promise<Taken> {
  const bytes = new Blob([shortcut(url, title)], { type: "application/internet-shortcut" });
  return {
    bytes,
    type: "application/internet-shortcut",
    extension: "url",
    sha256: await sha256Hex(bytes),
    dimensions: null,
    name: "",
    missing: 0,
  };
}

/** Lines end as in Windows, whose format it is. */
function shortcut(url: string, title: string): string {
  const lines = ["[InternetShortcut]", `URL=${writable(url)}`];
  const words = oneLine(title);
  if (words !== "") lines.push(`Title=${words}`);
  return `${lines.join("\r\n")}\r\n`;
}

/** In ASCII, as Windows reads the file in the code page of the machine. */
function writable(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !schemes.includes(url.protocol)) {
    throw new HoldallError("capture-unfetchable", {
      subs: [address.slice(0, 200), url === null ? "no URL" : url.protocol],
    });
  }
  url.username = "";
  url.password = "";
  // The parser leaves some characters of `mailto:` and `magnet:` as they are.
  return url.href.replace(/[^\x21-\x7e]/gu, (character) => encodeURIComponent(character));
}

/** Without what would begin a line of its own or turn the text's direction. */
function oneLine(text: string): string {
  const words = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  return [...words].slice(0, 500).join("");
}
