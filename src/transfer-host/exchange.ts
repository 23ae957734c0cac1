/** One request with `fetch`, and the end of its patience. */
import type { HostAnswer, SignedRequest, Watch } from "../transfers/host/host-link.ts";
import { hostFailure, throwIfCancelled } from "./failure.ts";
import { readStream } from "./read-stream.ts";
import { createStallWatch } from "./stall-watch.ts";

export interface Network {
  fetch: typeof fetch;
  /** Milliseconds without a byte after which a request is given up. */
  stallTime: number;
}

/** The body of an answer, as it comes. */
export type TakeBody = (take: (chunk: Uint8Array<ArrayBuffer>) => boolean | undefined) => Promise<void>;

/** Characters of an error document: more of them says no more. */
export const longestError = 64 * 1024;

/**
 * @param read what to do with the answer; `body` hands over its chunks until `take` answers false
 * @throws HostFailure `network`, `stalled`, `cancelled`
 */
export async function exchange<T>(
  { fetch, stallTime }: Network,
  request: SignedRequest,
  { signal }: Pick<Watch, "signal">,
  read: (response: Response, body: TakeBody) => Promise<T>,
): Promise<T> {
  throwIfCancelled(signal);
  const stalled = createStallWatch(stallTime);
  const ended = new AbortController();
  const anySignal = AbortSignal.any([signal, stalled.signal, ended.signal]);
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      ...(request.body === undefined ? {} : { body: request.body }),
      signal: anySignal,
      // Nothing of the person's data in the HTTP cache, nor a cookie, nor the signature at another host.
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
    });
    stalled.kick();
    return await read(response, async (take) => {
      if (response.body === null) return;
      let enough = false;
      const taken = readStream(response.body, anySignal, (chunk) => {
        stalled.kick();
        if (enough || take(chunk) !== false) return;
        enough = true;
        ended.abort();
      });
      await taken.catch((error: unknown) => {
        if (!enough) throw error;
      });
    });
  } catch (cause) {
    throw hostFailure(cause, stalled.signal.aborted ? "stalled" : "network", signal);
  } finally {
    stalled.end();
  }
}

/** The answer with its body as text, which is cut after `longest` bytes. */
export async function textAnswer(response: Response, body: TakeBody, longest: number): Promise<HostAnswer> {
  const decoder = new TextDecoder();
  let size = 0;
  let bodyText = "";
  await body((chunk) => {
    bodyText += decoder.decode(chunk.subarray(0, longest - size), { stream: true });
    size += chunk.length;
    return size < longest;
  });
  return { status: response.status, headers: Object.fromEntries(response.headers), bodyText };
}
