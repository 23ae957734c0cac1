/** Which image format the bytes are. WHATWG MIME Sniffing, "Matching an image type pattern"; AVIF: ISO 14496-12 `ftyp`. */
export interface ImageFormat {
  type: string;
  /** Without the dot. */
  extension: string;
}

const png = { type: "image/png", extension: "png" };
const jpeg = { type: "image/jpeg", extension: "jpg" };
const gif = { type: "image/gif", extension: "gif" };
const webp = { type: "image/webp", extension: "webp" };
const avif = { type: "image/avif", extension: "avif" };
const bmp = { type: "image/bmp", extension: "bmp" };
const ico = { type: "image/x-icon", extension: "ico" };
const svg = { type: "image/svg+xml", extension: "svg" };

/**
 * The format by the bytes; the header decides only for SVG, which has no signature. null: not an image.
 * @param declared the `Content-Type` header; "" when there is none
 */
export function sniffImage(bytes: Uint8Array, declared: string): ImageFormat | null {
  const text = latin1(bytes, 0, 16);
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return png;
  if (text.startsWith("\xff\xd8\xff")) return jpeg;
  if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) return gif;
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") return webp;
  if (text.slice(4, 8) === "ftyp" && isAvif(bytes)) return avif;
  // Two letters are little: the header of a bitmap goes on with its reserved zeros.
  if (text.startsWith("BM") && text.slice(6, 10) === "\0\0\0\0") return bmp;
  if (text.startsWith("\0\0\x01\0") && bytes.length >= 22) return ico;
  return isSvg(bytes, declared) ? svg : null;
}

/** The major brand or one of the compatible brands. */
function isAvif(bytes: Uint8Array): boolean {
  const size = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
  const brands = latin1(bytes, 8, Math.min(size, 256));
  for (let at = 0; at + 4 <= brands.length; at += 4) {
    const brand = brands.slice(at, at + 4);
    if (brand === "avif" || brand === "avis") return true;
  }
  return false;
}

/** An XML document whose root is `svg`: prolog, comments and doctype may come first. */
function isSvg(bytes: Uint8Array, declared: string): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 4096)).trimStart();
  const prolog = /^(?:<\?xml[^>]*>|<!--.*?-->|<!doctype svg[^[>]*(?:\[[^\]]*\])?[^>]*>|\s)*/isu.exec(start)?.[0] ?? "";
  const rest = start.slice(prolog.length);
  const root = /^<(?:[\w-]+:)?svg[\s/>]/u.test(rest);
  // A prolog longer than what was looked at: then the server's word counts, unless it is plainly something else.
  return root || (rest === "" && prolog !== "" && /^image\/svg\+xml\b/i.test(declared));
}

/** Bytes as characters U+0000–U+00FF. */
export function latin1(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}
