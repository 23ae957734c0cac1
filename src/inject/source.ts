/** Fetches a source with the rights of the page: what lies at its own origin, or in its memory (`blob:`). */
import type { SourceCalls, SourceStatus } from "../shared/page-calls.ts";
import { answerCalls } from "./answer-calls.ts";

/** Milliseconds without a byte after which it is given up. */
const stallTime = 30_000;
/** Bytes that come with the status. */
const largestAtOnce = 6_000_000;

const stop = new AbortController();
let status: SourceStatus = { received: 0, total: null, end: null, status: 0, type: "", disposition: "" };
let bytes = new Blob();
let ended: Promise<void> = Promise.resolve();

answerCalls("inject-source.js", {
  start: async (url, largest, patience) => {
    ended = fetchSource(url, largest).then(
      (end) => {
        status = { ...status, end };
      },
      () => {
        status = { ...status, end: status.received > 0 ? "broken" : "refused" };
      },
    );
    return await statusAfter(patience);
  },
  status: statusAfter,
  piece: async (at, length) => await base64Of(bytes.slice(at, at + length)),
  cancel: () => stop.abort(),
} satisfies SourceCalls);

async function statusAfter(patience: number): Promise<SourceStatus> {
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, patience))]);
  if (status.end !== "whole" || bytes.size > largestAtOnce) return status;
  return { ...status, all: await base64Of(bytes) };
}

async function fetchSource(url: string, largest: number): Promise<SourceStatus["end"]> {
  let timer = setTimeout(() => stop.abort(), stallTime);
  // A redirect to another site is refused, wherever it leads.
  const response = await fetch(url, { credentials: "same-origin", mode: "same-origin", signal: stop.signal });
  const { headers } = response;
  const length = headers.get("content-length");
  status = {
    ...status,
    status: response.status,
    total: length === null || headers.has("content-encoding") ? null : Number(length),
    type: headers.get("content-type") ?? "",
    disposition: headers.get("content-disposition") ?? "",
  };
  if (!response.ok || response.body === null) return response.ok ? "whole" : "refused";
  if ((status.total ?? 0) > largest) return "too-large";
  let parts: BlobPart[] = [];
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    clearTimeout(timer);
    if (done) break;
    timer = setTimeout(() => stop.abort(), stallTime);
    parts.push(value);
    status = { ...status, received: status.received + value.length };
    // The browser may keep blobs on disk.
    if (parts.length > 256) parts = [new Blob(parts)];
    if (status.received <= largest) continue;
    void reader.cancel();
    return "too-large";
  }
  if (status.total !== null && status.received < status.total) return "broken";
  bytes = new Blob(parts);
  return "whole";
}

async function base64Of(piece: Blob): Promise<string> {
  const address = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(piece);
  });
  return address.slice(address.indexOf(",") + 1);
}
