/** Bytes that are read at once: two such pieces are in memory. */
const pieceSize = 4 * 1024 ** 2;

/**
 * Hands over a Blob piece by piece, reading the next while the caller works on one. Rejects with the browser's error when it cannot be read, or with the signal's reason.
 */
export async function readBlob(
  blob: Blob,
  signal: AbortSignal | undefined,
  take: (bytes: Uint8Array<ArrayBuffer>, start: number) => unknown,
): Promise<void> {
  const read = async (start: number) => {
    signal?.throwIfAborted();
    const piece = blob.slice(start, start + pieceSize);
    const buffer = await piece.arrayBuffer();
    // A file that was cut meanwhile reads short in Firefox.
    if (buffer.byteLength !== piece.size) throw new DOMException("fewer bytes than there were", "NotReadableError");
    return new Uint8Array(buffer);
  };
  let next = blob.size === 0 ? null : read(0);
  for (let start = 0; next !== null; start += pieceSize) {
    const bytes = await next;
    next = start + pieceSize < blob.size ? read(start + pieceSize) : null;
    // A failure of the piece ahead is met at its turn, or not at all when `take` fails first.
    next?.catch(() => undefined);
    await take(bytes, start);
  }
  signal?.throwIfAborted();
}
