type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes that are held in memory before they become part of a Blob, which the browser may keep on disk. */
const flushSize = 16 * 1024 ** 2;

/** Chunks of a stream, as one Blob in the end. */
export function gatherChunks() {
  const parts: Blob[] = [];
  let chunks: Bytes[] = [];
  let held = 0;
  let size = 0;
  const flush = () => {
    parts.push(new Blob(chunks));
    chunks = [];
    held = 0;
  };
  return {
    /** The bytes so far. */
    add(chunk: Bytes): number {
      chunks.push(chunk);
      held += chunk.length;
      size += chunk.length;
      if (held >= flushSize) flush();
      return size;
    },
    size: () => size,
    /** Chunks that are in no Blob yet: all of them while there are few. */
    loose: () => chunks,
    blob(): Blob {
      flush();
      return new Blob(parts);
    },
  };
}
