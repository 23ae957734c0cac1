/** CRC-32 (ISO 3309, the one of zlib and of S3's `x-amz-checksum-crc32`), eight bytes a step. */

const tables = buildTables();

/** Eight tables of 256: table k gives the effect of a byte that k further bytes follow ("slicing by 8", Kounavis and Berry 2005). */
function buildTables(): Uint32Array {
  const table = new Uint32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    table[byte] = value;
  }
  for (let index = 256; index < table.length; index++) {
    const shorter = table[index - 256] ?? 0;
    table[index] = (shorter >>> 8) ^ (table[shorter & 255] ?? 0);
  }
  return table;
}

/**
 * The CRC-32 of `bytes`, as an unsigned number.
 * @param previous the CRC of what came before them, for content that comes in pieces
 */
export function crc32(bytes: Uint8Array, previous = 0): number {
  let crc = ~previous;
  let at = 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const end = bytes.length - 7; at < end; at += 8) {
    const low = crc ^ view.getInt32(at, true);
    const high = view.getInt32(at + 4, true);
    crc =
      entry(1792 + (low & 255)) ^
      entry(1536 + ((low >>> 8) & 255)) ^
      entry(1280 + ((low >>> 16) & 255)) ^
      entry(1024 + (low >>> 24)) ^
      entry(768 + (high & 255)) ^
      entry(512 + ((high >>> 8) & 255)) ^
      entry(256 + ((high >>> 16) & 255)) ^
      entry(high >>> 24);
  }
  for (; at < bytes.length; at++) crc = (crc >>> 8) ^ entry((crc ^ view.getUint8(at)) & 255);
  return ~crc >>> 0;
}

/** Every index above lies within the tables; `?? 0` is for the compiler, and the engine drops it. */
function entry(index: number): number {
  return tables[index] ?? 0;
}

/** As S3 writes it: base64 of the four bytes, most significant first. */
export function crc32Base64(value: number): string {
  return btoa(String.fromCharCode(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255));
}
