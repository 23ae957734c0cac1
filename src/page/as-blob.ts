import {
  blobOf,
  cancelReader,
  close,
  enqueue,
  isAborted,
  isView,
  listen,
  NativeArrayBuffer,
  NativeBlob,
  NativePromise,
  NativeReadableStream,
  NativeResponse,
  readerOf,
  readFrom,
  reasonOf,
  unlisten,
} from "./intrinsics.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * A body as the one form that crosses without being copied: from a Blob, bytes, a text, or a stream, which is read to its end, or
 * cancelled.
 * @throws what the stream throws, a TypeError when it is locked or has something else than bytes, the signal's reason
 */
export async function asBlob(body: unknown, signal: AbortSignal | undefined): Promise<Blob> {
  if (body instanceof NativeBlob) return body;
  if (body instanceof NativeReadableStream) return await read(readerOf(body as ReadableStream<Bytes>), signal);
  const plain = new NativeBlob([body as BlobPart]);
  return typeof body === "string" ? new NativeBlob([plain], { type: "text/plain;charset=utf-8" }) : plain;
}

/** Is it something that `asBlob` makes a body of? */
export function isBody(body: unknown): boolean {
  return (
    typeof body === "string" ||
    body instanceof NativeBlob ||
    body instanceof NativeReadableStream ||
    body instanceof NativeArrayBuffer ||
    isView(body)
  );
}

/** By way of a stream of our own: the browser, which puts a blob together best, would not let go of the page's. */
async function read(reader: ReadableStreamDefaultReader<Bytes>, signal: AbortSignal | undefined): Promise<Blob> {
  let broken: { by: unknown } | null = null;
  const own = new NativeReadableStream<Bytes>(
    {
      pull: async (controller) => {
        try {
          const { done, value } = await readFrom(reader);
          if (done) close(controller);
          else enqueue(controller, value);
        } catch (by) {
          // Firefox keeps it to itself.
          broken = { by };
          throw by;
        }
      },
    },
    { highWaterMark: 0 },
  );
  try {
    return await unlessAborted(signal, () => blobOf(new NativeResponse(own)));
  } catch (error) {
    end(reader, error);
    throw broken === null ? error : (broken as { by: unknown }).by;
  }
}

/** What reads may wait for ever. */
function unlessAborted<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  if (!signal) return work();
  return new NativePromise((resolve, reject) => {
    const abort = () => reject(reasonOf(signal));
    if (isAborted(signal)) return abort();
    listen(signal, "abort", abort);
    const settle = async () => {
      try {
        resolve(await work());
      } catch (error) {
        reject(error);
      }
      unlisten(signal, "abort", abort);
    };
    settle();
  });
}

/** A stream that fails to end has said enough. */
async function end(reader: ReadableStreamDefaultReader<Bytes>, reason: unknown): Promise<void> {
  try {
    await cancelReader(reader, reason);
  } catch {}
}
