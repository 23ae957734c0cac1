import { safeFileName, splitEnding, utf8Length } from "../shared/safe-file-name.ts";

/** Bytes of UTF-8: with the longest identity the key stays within S3's 1,024. */
const longestName = 100;

/**
 * `captures/<yyyy>/<mm>/<name>-<short id>.<extension>`, year and month in UTC: the same on every device.
 * @param at milliseconds since the epoch
 */
export function capturePath(input: {
  id: string;
  at: number;
  srcUrl: string;
  title: string;
  extension: string;
}): string {
  const [year, month] = new Date(input.at).toISOString().split("-");
  // The end of a ULID is random, its beginning is the time.
  const short = input.id.slice(-8).toLowerCase();
  return `captures/${year}/${month}/${captureName(input.srcUrl, input.title)}-${short}.${input.extension}`;
}

/** The file's name in the URL without its ending, else the page's title, else "image". */
export function captureName(srcUrl: string, title: string): string {
  return shorten(clean(nameInUrl(srcUrl)) || clean(title) || "image");
}

function nameInUrl(srcUrl: string): string {
  const url = URL.canParse(srcUrl) ? new URL(srcUrl) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return "";
  const segment = url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
  return splitEnding(decode(segment)).stem;
}

/** A name may hold a lone `%`. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function clean(name: string): string {
  return name === "" ? "" : safeFileName(name.replace(/\s+/gu, " "), "");
}

function shorten(name: string): string {
  let kept = "";
  let used = 0;
  for (const character of name) {
    used += utf8Length(character);
    if (used > longestName) break;
    kept += character;
  }
  return kept.trimEnd();
}
