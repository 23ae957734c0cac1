/** Sends a body with XMLHttpRequest, which alone reports the progress of an upload. */
import { type HostAnswer, HostFailure, type SignedRequest, type Watch } from "../transfers/host/host-link.ts";
import { createStallWatch } from "./stall-watch.ts";

/** @param stallTime milliseconds without progress after which it rejects with HostFailure `stalled` */
export type Send = (
  request: SignedRequest,
  body: Blob | ArrayBuffer,
  watch: Watch,
  stallTime: number,
) => Promise<HostAnswer>;

/** The browser counts a byte as sent when the system took it: on a slow line megabytes may still wait there. */
const answerFactor = 3;
const longestBody = 64 * 1024;
/** The browser writes these itself and refuses to be told. */
const browsersOwn = ["host", "content-length"];

export const sendByXhr: Send = (request, body, watch, stallTime) =>
  new Promise((resolve, reject) => {
    if (watch.signal.aborted) {
      reject(new HostFailure("cancelled"));
      return;
    }
    const size = body instanceof Blob ? body.size : body.byteLength;
    const xhr = new XMLHttpRequest();
    const stalled = createStallWatch(stallTime);
    const abort = () => xhr.abort();
    const end = () => {
      stalled.end();
      watch.signal.removeEventListener("abort", abort);
    };
    const fail = () => {
      end();
      const kind = watch.signal.aborted ? "cancelled" : stalled.signal.aborted ? "stalled" : "network";
      reject(new HostFailure(kind));
    };
    watch.signal.addEventListener("abort", abort);
    stalled.signal.addEventListener("abort", abort);
    xhr.upload.onprogress = ({ loaded }) => {
      stalled.kick();
      watch.progress?.(loaded, size);
    };
    xhr.upload.onload = () => stalled.kick(stallTime * answerFactor);
    xhr.onerror = fail;
    xhr.onabort = fail;
    xhr.ontimeout = fail;
    xhr.onload = () => {
      // It follows redirects by itself; what answered there is not S3, and may have kept the bytes.
      if (xhr.responseURL !== new URL(request.url).href) {
        fail();
        return;
      }
      end();
      const headers = parseHeaders(xhr.getAllResponseHeaders());
      resolve({ status: xhr.status, headers, bodyText: xhr.responseText.slice(0, longestBody) });
    };
    try {
      xhr.open(request.method, request.url);
      for (const [name, value] of Object.entries(request.headers)) {
        if (!browsersOwn.includes(name.toLowerCase())) xhr.setRequestHeader(name, value);
      }
      xhr.send(body);
    } catch (cause) {
      end();
      reject(new HostFailure("network", { cause }));
    }
  });

/** `name: value` lines, as `getAllResponseHeaders` gives them; names in lower case. */
export function parseHeaders(text: string): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return headers;
}
