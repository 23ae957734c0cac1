/** One request: a message to the content script with a port of its own, on which everything about it is then said. */
import type { FromPage, PageRequest, SiteFileAnswer, ToPage } from "../messaging/site-channel.ts";
import { asBlob, isBody } from "./as-blob.ts";
import { fault, toError } from "./fault.ts";
import { createPieces, fileBytes } from "./file-bytes.ts";
import {
  closePort,
  dataOf,
  here,
  isAborted,
  listen,
  NativeMessageChannel,
  NativePromise,
  port1Of,
  port2Of,
  postToPort,
  postToWindow,
  reasonOf,
  startPort,
  unlisten,
} from "./intrinsics.ts";

export interface RequestInput {
  method: string;
  params?: unknown;
  signal?: AbortSignal;
}

/** Whom this document is for: the first whom it was answered for, as long as it lives. */
let person: string | undefined;

/** Is it for somebody whom this document is not for? */
export const isOthers = (message: { person?: string }) => person && message.person && message.person !== person;

/** @returns the port that answers; it throws what structured clone throws */
export function sendToContent(message: PageRequest, heard: (message: ToPage) => void): MessagePort {
  const channel = new NativeMessageChannel();
  const port = port1Of(channel);
  listen(port, "message", (event) => heard(dataOf(event as MessageEvent) as ToPage));
  startPort(port);
  postToWindow(here, message, "/", [port2Of(channel)]);
  return port;
}

export async function request({ method, params, signal }: RequestInput): Promise<unknown> {
  if (method !== "files.put") return await send(method, params, signal);
  const { body, ...rest } = (params ?? {}) as { body?: unknown };
  if (!isBody(body)) throw toError(fault("invalid", "`body` is no Blob, bytes, text or stream.", "params.body"));
  return await send(method, { ...rest, body: await blobOfBody(body, signal) }, signal);
}

async function blobOfBody(body: unknown, signal: AbortSignal | undefined): Promise<Blob> {
  try {
    return await asBlob(body, signal);
  } catch (cause) {
    if (signal && isAborted(signal)) throw cancelled(signal);
    throw toError(fault("invalid", "`body` cannot be read.", "params.body"), cause);
  }
}

const cancelled = (signal: AbortSignal) => toError(fault("cancelled", "The page cancelled it."), reasonOf(signal));

function send(method: string, params: unknown, signal: AbortSignal | undefined): Promise<unknown> {
  return new NativePromise((resolve, reject) => {
    if (signal && isAborted(signal)) return reject(cancelled(signal));
    const say = (message: FromPage) => postToPort(port, message);
    const { pieces, heard } = createPieces(say);
    const abort = () => {
      pieces.cancel();
      if (signal) reject(cancelled(signal));
      over();
    };
    const over = () => {
      closePort(port);
      if (signal) unlisten(signal, "abort", abort);
    };
    const answered = (message: ToPage) => {
      if (message.type === "event") return;
      if (message.type !== "answer") {
        heard(message);
        if (message.type !== "piece") over();
        return;
      }
      const { result } = message;
      person ??= message.person;
      if (result.ok && method === "files.get") return resolve(fileBytes(result.value as SiteFileAnswer, pieces));
      over();
      if (result.ok) resolve(result.value);
      else reject(toError(result.error));
    };
    let port: MessagePort;
    try {
      port = sendToContent({ holdall: 1, method, params, person }, answered);
    } catch (cause) {
      return reject(toError(fault("invalid", "`params` cannot be cloned.", "params"), cause));
    }
    if (signal) listen(signal, "abort", abort);
  });
}
