/** What bytes that are no image are. WHATWG MIME Sniffing, "Matching an audio or video type pattern" and "archive type". */
import { latin1 } from "../../sniff-image.ts";

export interface MediaFormat {
  type: string;
  /** Without the dot. */
  extension: string;
}

const format = (type: string, extension: string): MediaFormat => ({ type, extension });

/** null when the bytes do not tell. @param bytes the first 512 at least, or all */
export function sniffMedia(bytes: Uint8Array): MediaFormat | null {
  const text = latin1(bytes, 0, 16);
  if (text.slice(4, 8) === "ftyp") return isoMedia(text.slice(8, 12));
  if (text.startsWith("\x1aE\xdf\xa3")) return matroska(latin1(bytes, 0, 64));
  if (text.startsWith("OggS")) return ogg(latin1(bytes, 0, 64));
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WAVE") return format("audio/wav", "wav");
  if (text.startsWith("RIFF") && text.slice(8, 11) === "AVI") return format("video/x-msvideo", "avi");
  if (text.startsWith("FORM") && text.slice(8, 12) === "AIFF") return format("audio/aiff", "aiff");
  if (text.startsWith("fLaC")) return format("audio/flac", "flac");
  if (text.startsWith("MThd\0\0\0\x06")) return format("audio/midi", "mid");
  if (text.startsWith("ID3") || isMp3Frame(bytes)) return format("audio/mpeg", "mp3");
  if (text.startsWith("%PDF-")) return format("application/pdf", "pdf");
  if (text.startsWith("PK\x03\x04")) return null; // Office files, books and packages are zips too: the name tells.
  if (text.startsWith("\x1f\x8b\x08")) return format("application/gzip", "gz");
  return null;
}

/** By the major brand, ISO 14496-12. */
function isoMedia(brand: string): MediaFormat {
  if (brand.startsWith("M4A") || brand.startsWith("M4B")) return format("audio/mp4", "m4a");
  return brand.startsWith("qt") ? format("video/quicktime", "mov") : format("video/mp4", "mp4");
}

/** The document type lies in the header's first bytes. */
function matroska(head: string): MediaFormat {
  return head.includes("webm") ? format("video/webm", "webm") : format("video/x-matroska", "mkv");
}

function ogg(head: string): MediaFormat {
  return head.includes("theora") ? format("video/ogg", "ogv") : format("audio/ogg", "ogg");
}

/** Two frame headers in a row, each where the one before says: a sync word alone is in anything (ISO 11172-3, 2.4.1.3). */
function isMp3Frame(bytes: Uint8Array): boolean {
  const length = mp3FrameLength(bytes, 0);
  return length !== null && (length + 4 > bytes.length || mp3FrameLength(bytes, length) !== null);
}

const bitRates1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const bitRates2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const sampleRates = [44_100, 48_000, 32_000];

/** Bytes, of layer III alone. */
function mp3FrameLength(bytes: Uint8Array, at: number): number | null {
  const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
  if (first !== 0xff || (second & 0xe6) !== 0xe2) return null;
  const version = (second >> 3) & 3;
  const rate = (version === 3 ? bitRates1 : bitRates2)[third >> 4];
  const samples = sampleRates[(third >> 2) & 3];
  if (version === 1 || !rate || samples === undefined) return null;
  const divided = version === 3 ? samples : version === 2 ? samples / 2 : samples / 4;
  return Math.floor(((version === 3 ? 144 : 72) * rate * 1000) / divided) + ((third >> 1) & 1);
}
