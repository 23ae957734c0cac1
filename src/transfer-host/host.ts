/** The transfer host: moves bytes between the journal, S3 and `blob:` URLs. It signs nothing and keeps nothing. */
import { crc32, crc32Base64 } from "../shared/crc32.ts";
import { type Fetched, HostFailure, type HostLink, type SignedRequest, type Watch } from "../transfers/host-link.ts";
import { readStream } from "./read-stream.ts";
import { type Send, sendByXhr } from "./send-by-xhr.ts";
import { createStallWatch, type StallWatch } from "./stall-watch.ts";

export interface HostDeps {
  /** The journalled bytes of a transfer. */
  bytes(transferId: string): Promise<Blob | undefined>;
  fetch: typeof fetch;
  send?: Send;
  /** Milliseconds without a byte after which a request is given up. */
  stallTime?: number;
}

/** Bytes that are held in memory before they become part of a Blob, which the browser may keep on disk. */
const flushSize = 16 * 1024 * 1024;

/** Blob bodies of answers that are errors: more of them says no more. */
const longestError = 64 * 1024;

export function createHost(deps: HostDeps): HostLink {
  const { stallTime = 30_000, send = sendByXhr } = deps;

  async function bytesOf(transferId: string): Promise<Blob> {
    const bytes = await deps.bytes(transferId).catch((cause: unknown) => {
      throw new HostFailure("source", { cause });
    });
    if (bytes === undefined) throw new HostFailure("source");
    return bytes;
  }

  return {
    digest: async (transferId, watch) => {
      const bytes = await bytesOf(transferId);
      let sum = 0;
      try {
        await readStream(bytes.stream(), watch.signal, (chunk) => {
          sum = crc32(chunk, sum);
        });
      } catch (cause) {
        throw watch.signal.aborted ? new HostFailure("cancelled", { cause }) : new HostFailure("source", { cause });
      }
      return { size: bytes.size, crc32: crc32Base64(sum) };
    },
    put: async (transferId, request, watch) => {
      const body = await bytesOf(transferId);
      return await send(request, body, watch, stallTime);
    },
    get: async (request, watch) => {
      const stalled = createStallWatch(stallTime);
      try {
        return await get(deps.fetch, request, watch, stalled);
      } catch (cause) {
        if (cause instanceof HostFailure) throw cause;
        if (watch.signal.aborted) throw new HostFailure("cancelled", { cause });
        throw new HostFailure(stalled.signal.aborted ? "stalled" : "network", { cause });
      } finally {
        stalled.end();
      }
    },
    release: (url) => URL.revokeObjectURL(url),
  };
}

async function get(fetcher: typeof fetch, request: SignedRequest, watch: Watch, stalled: StallWatch) {
  const signal = AbortSignal.any([watch.signal, stalled.signal]);
  const response = await fetcher(request.url, {
    method: request.method,
    headers: request.headers,
    signal,
    // Nothing of the person's data in the HTTP cache, nor a cookie, nor the signature at another host.
    cache: "no-store",
    credentials: "omit",
    redirect: "error",
  });
  const headers = Object.fromEntries(response.headers);
  const { status } = response;
  if (!response.ok) {
    const bodyText = (await response.text()).slice(0, longestError);
    return { answer: { status, headers, bodyText }, fetched: null };
  }
  const length = headers["content-length"];
  const total = length === undefined ? null : Number(length);
  const fetched = await collect(response, signal, (moved) => {
    stalled.kick();
    watch.progress?.(moved, total);
  });
  return { answer: { status, headers, bodyText: "" }, fetched };
}

async function collect(response: Response, signal: AbortSignal, moved: (size: number) => void): Promise<Fetched> {
  const parts: Blob[] = [];
  let chunks: Uint8Array<ArrayBuffer>[] = [];
  let held = 0;
  let size = 0;
  let sum = 0;
  const flush = () => {
    parts.push(new Blob(chunks));
    chunks = [];
    held = 0;
  };
  if (response.body !== null) {
    await readStream(response.body, signal, (chunk) => {
      chunks.push(chunk);
      held += chunk.length;
      size += chunk.length;
      sum = crc32(chunk, sum);
      if (held >= flushSize) flush();
      moved(size);
    });
  }
  flush();
  // Typed as plain bytes: a `blob:` URL of text/html would be a page of the extension.
  const blob = new Blob(parts, { type: "application/octet-stream" });
  return { url: URL.createObjectURL(blob), size, crc32: crc32Base64(sum) };
}
