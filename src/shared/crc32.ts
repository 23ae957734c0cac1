/** CRC-32 (ISO 3309, the one of zlib and of S3's `x-amz-checksum-crc32`), sixteen bytes a step. */

/** Bytes of a word, and words that are worked on at once. */
const word = 4;
const lanes = 4;

const tables = buildTables(word * lanes);
/** The effect of one byte alone. */
const table = tables.subarray(0, 256);
/** The effects of a word's four bytes on the word of the next step: what lies between counts as zeros. */
const [t0, t1, t2, t3] = [15, 14, 13, 12].map((zeros) => tables.slice(zeros * 256, zeros * 256 + 256)) as [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
];

/** Tables of 256: table k gives the effect of a byte that k further zeros follow. */
function buildTables(count: number): Int32Array {
  const built = new Int32Array(count * 256);
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    built[byte] = value;
  }
  for (let index = 256; index < built.length; index++) {
    const shorter = built[index - 256] ?? 0;
    built[index] = (shorter >>> 8) ^ (built[shorter & 255] ?? 0);
  }
  return built;
}

/**
 * The CRC-32 of `bytes`, as an unsigned number.
 * @param previous the CRC of what came before them, for content that comes in pieces
 */
export function crc32(bytes: Uint8Array, previous = 0): number {
  if (bytes.length < 2 * word * lanes) return ~byBytes(bytes, 0, bytes.length, ~previous) >>> 0;
  // Words are read where the machine has them.
  const start = -bytes.byteOffset & (word - 1);
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + start, (bytes.length - start) >>> 2);
  let crc = byBytes(bytes, 0, start, ~previous);
  const whole = words.length - (words.length % lanes);
  crc = byWords(words, whole, crc);
  return ~byBytes(bytes, start + whole * word, bytes.length, crc) >>> 0;
}

function byBytes(bytes: Uint8Array, from: number, to: number, before: number): number {
  let crc = before;
  for (let at = from; at < to; at++) crc = (crc >>> 8) ^ (table[(crc ^ (bytes[at] ?? 0)) & 255] ?? 0);
  return crc;
}

/**
 * Every fourth word has a CRC of its own, so that the processor need not wait for the one before ("braids", Kadatch and Jenkins,
 * "Everything we know about CRC but afraid to forget", 2010). Eight bytes a step with one CRC took twice as long in Chromium and
 * a third longer in Firefox. @param whole a multiple of `lanes`, not 0
 */
function byWords(words: Int32Array, whole: number, before: number): number {
  let a = before;
  let b = 0;
  let c = 0;
  let d = 0;
  let at = 0;
  // Written out, since Chromium calls a helper that it could put in place, at a sixth of the speed. Every index lies within its
  // array: `?? 0` is for the compiler, and the engines drop it.
  for (const last = whole - lanes; at < last; at += lanes) {
    a ^= words[at] ?? 0;
    b ^= words[at + 1] ?? 0;
    c ^= words[at + 2] ?? 0;
    d ^= words[at + 3] ?? 0;
    a = (t0[a & 255] ?? 0) ^ (t1[(a >>> 8) & 255] ?? 0) ^ (t2[(a >>> 16) & 255] ?? 0) ^ (t3[a >>> 24] ?? 0);
    b = (t0[b & 255] ?? 0) ^ (t1[(b >>> 8) & 255] ?? 0) ^ (t2[(b >>> 16) & 255] ?? 0) ^ (t3[b >>> 24] ?? 0);
    c = (t0[c & 255] ?? 0) ^ (t1[(c >>> 8) & 255] ?? 0) ^ (t2[(c >>> 16) & 255] ?? 0) ^ (t3[c >>> 24] ?? 0);
    d = (t0[d & 255] ?? 0) ^ (t1[(d >>> 8) & 255] ?? 0) ^ (t2[(d >>> 16) & 255] ?? 0) ^ (t3[d >>> 24] ?? 0);
  }
  // The last of each lane follow one another without zeros between them.
  let crc = 0;
  for (const lane of [a, b, c, d]) {
    crc ^= lane ^ (words[at++] ?? 0);
    for (let byte = 0; byte < word; byte++) crc = (crc >>> 8) ^ (table[crc & 255] ?? 0);
  }
  return crc;
}

/** As S3 writes it: base64 of the four bytes, most significant first. */
export function crc32Base64(value: number): string {
  return btoa(String.fromCharCode(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255));
}
