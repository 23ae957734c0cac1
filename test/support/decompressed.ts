import { constants, gunzipSync, inflateSync } from "node:zlib";

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b, 0x08]);
const MOZ_LZ4_MAGIC = Buffer.from("mozLz40\0");

/** Bounds the work on files that are full of bytes that look like gzip. */
const MOST_STREAMS = 200;

/**
 * What can be unpacked from a file: gzip streams wherever they begin (cache entries have a header before them), a zlib stream, and
 * Firefox's `mozLz40` files.
 */
export function decompressed(bytes: Buffer): Buffer[] {
  const contents: Buffer[] = [];
  let at = bytes.indexOf(GZIP_MAGIC);
  for (let streams = 0; at !== -1 && streams < MOST_STREAMS; streams += 1) {
    const content = attempt(() => gunzipSync(bytes.subarray(at), { finishFlush: constants.Z_SYNC_FLUSH }));
    if (content) contents.push(content);
    at = bytes.indexOf(GZIP_MAGIC, at + 1);
  }
  if (bytes[0] === 0x78) {
    const content = attempt(() => inflateSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }));
    if (content) contents.push(content);
  }
  if (bytes.subarray(0, MOZ_LZ4_MAGIC.length).equals(MOZ_LZ4_MAGIC)) {
    const size = bytes.readUInt32LE(MOZ_LZ4_MAGIC.length);
    contents.push(unpackLz4Block(bytes.subarray(MOZ_LZ4_MAGIC.length + 4), size));
  }
  return contents;
}

function attempt(unpack: () => Buffer): Buffer | null {
  try {
    return unpack();
  } catch {
    return null; // bytes that only look like a stream
  }
}

/**
 * @param size bytes of the result
 * @see https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md
 */
export function unpackLz4Block(block: Buffer, size: number): Buffer {
  const output = Buffer.alloc(size);
  let read = 0;
  let written = 0;
  const length = (nibble: number): number => {
    let total = nibble;
    if (nibble < 15) return total;
    for (let byte = 255; byte === 255; ) {
      byte = block[read++] ?? 0;
      total += byte;
    }
    return total;
  };
  while (read < block.length) {
    const token = block[read++] ?? 0;
    const literals = length(token >> 4);
    block.copy(output, written, read, read + literals);
    read += literals;
    written += literals;
    if (read >= block.length) break; // the last sequence has literals alone
    const distance = block.readUInt16LE(read);
    read += 2;
    const end = written + length(token & 15) + 4;
    // Byte by byte: a match may reach into what it is writing.
    for (; written < end && written < size; written += 1) output[written] = output[written - distance] ?? 0;
  }
  return output;
}
