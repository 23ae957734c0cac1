/** Fetches what a page shows: somebody else's server, which may send anything, or never end. */
import type { FetchedSource, SourceRequest, Watch } from "../transfers/host/host-link.ts";
import type { Network } from "./exchange.ts";
import { hostFailure, throwIfCancelled } from "./failure.ts";
import { gatherChunks } from "./gather-chunks.ts";
import { readStream } from "./read-stream.ts";
import { createStallWatch } from "./stall-watch.ts";

export async function takeSource(
  { fetch, stallTime }: Network,
  { url, credentials, redirect, largest, longest }: SourceRequest,
  watch: Watch,
): Promise<FetchedSource> {
  throwIfCancelled(watch.signal);
  const stalled = createStallWatch(stallTime);
  const stop = new AbortController();
  const signal = AbortSignal.any([watch.signal, stalled.signal, stop.signal]);
  const patience = setTimeout(() => stop.abort("endless"), longest);
  try {
    const response = await fetch(url, {
      credentials,
      redirect,
      // What may be said of the page, a rule of the browser says (take-rules.ts).
      referrerPolicy: "no-referrer",
      signal,
    });
    stalled.kick();
    const headers = Object.fromEntries(response.headers);
    const answer = { status: response.status, headers, url: response.url };
    if (!response.ok) return { ...answer, bytes: null, end: "whole" };
    const total = headers["content-encoding"] === undefined ? sizeOf(headers["content-length"]) : null;
    if (total !== null && total > largest) return { ...answer, bytes: null, end: "too-large" };
    const gathered = gatherChunks();
    try {
      if (response.body !== null) {
        await readStream(response.body, signal, (chunk) => {
          stalled.kick();
          const size = gathered.add(chunk);
          watch.progress?.(size, total);
          if (size > largest) stop.abort("too-large");
        });
      }
    } catch (cause) {
      if (watch.signal.aborted) throw hostFailure(cause, "cancelled", watch.signal);
      const end = stop.signal.aborted ? (stop.signal.reason as "endless" | "too-large") : "broken";
      return { ...answer, bytes: null, end };
    }
    if (total !== null && gathered.size() < total) return { ...answer, bytes: null, end: "broken" };
    return { ...answer, bytes: gathered.blob(), end: "whole" };
  } catch (cause) {
    throw hostFailure(cause, stalled.signal.aborted || stop.signal.aborted ? "stalled" : "network", watch.signal);
  } finally {
    clearTimeout(patience);
    stalled.end();
    // A body that nobody will read must not go on arriving.
    if (!signal.aborted) stop.abort();
  }
}

function sizeOf(length: string | undefined): number | null {
  return length === undefined || !/^\d+$/.test(length) ? null : Number(length);
}
