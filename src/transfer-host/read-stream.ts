type Bytes = Uint8Array<ArrayBuffer>;

/** Reads a stream to its end. Rejects with the stream's error, or with the signal's reason as soon as it is aborted. */
export async function readStream(
  stream: ReadableStream<Bytes>,
  signal: AbortSignal,
  take: (chunk: Bytes) => void,
): Promise<void> {
  const reader = stream.getReader();
  await readAll(reader, () => reader.read(), signal, take);
}

/** Bytes that are read at once: they fit into the processor's cache, and larger pieces gain nothing in either browser. */
const bufferSize = 512 * 1024;

/**
 * Reads a blob to its end, always into the same memory: half the work of a new buffer for each chunk, in both browsers.
 * Rejects as `readStream` does.
 * @param take has the chunk until it returns
 */
export async function readOnce(blob: Blob, signal: AbortSignal, take: (chunk: Bytes) => void): Promise<void> {
  const reader = (blob.stream() as ReadableStream<Bytes>).getReader({ mode: "byob" });
  let buffer = new ArrayBuffer(Math.min(bufferSize, Math.max(1, blob.size)));
  await readAll(
    reader,
    () => reader.read(new Uint8Array(buffer)),
    signal,
    (chunk) => {
      take(chunk);
      buffer = chunk.buffer;
    },
  );
}

async function readAll(
  reader: ReadableStreamGenericReader,
  read: () => Promise<{ done: boolean; value?: Bytes | undefined }>,
  signal: AbortSignal,
  take: (chunk: Bytes) => void,
): Promise<void> {
  const cancel = () => void reader.cancel(signal.reason).catch(() => undefined);
  signal.addEventListener("abort", cancel, { once: true });
  try {
    while (true) {
      signal.throwIfAborted();
      const { done, value } = await read();
      // A cancelled reader answers `done`: that is not the end of the content.
      signal.throwIfAborted();
      if (done || value === undefined) return;
      take(value);
    }
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}
