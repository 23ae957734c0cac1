import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { AwsResponse } from "../service.ts";
import { PacedStream } from "./pace.ts";

export interface AnswerFrame {
  service: "s3" | "dynamodb";
  requestId: string;
  /** Milliseconds since 1970, for the Date header. */
  now: number;
  /** A fault switch: the connection ends after so many bytes of the body. */
  cutAfterBytes: number | null;
  /** A fault switch: a streamed body is given so slowly. */
  bytesPerSecond?: number | undefined;
}

/** Writes a service's answer. An answer to HEAD has no body, whatever the service gave. */
export async function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: AwsResponse,
  frame: AnswerFrame,
): Promise<void> {
  const { body } = answer;
  const bodiless = request.method === "HEAD" || answer.status === 204 || answer.status === 304;
  const headers: Record<string, string | number> = frameHeaders(frame);
  for (const [name, value] of Object.entries(answer.headers)) headers[name.toLowerCase()] = value;
  if (!bodiless && !(body instanceof Readable)) headers["content-length"] = body === null ? 0 : Buffer.byteLength(body);
  drainWhenDone(request, response);
  if (answer.delivered !== undefined) response.once("finish", answer.delivered);
  response.writeHead(answer.status, headers);
  if (bodiless) {
    if (body instanceof Readable) body.destroy();
    response.end();
  } else if (frame.cutAfterBytes !== null) await sendPart(response, body, frame.cutAfterBytes);
  else if (body instanceof Readable) await sendStream(response, body, frame.bytesPerSecond);
  else response.end(body ?? undefined);
}

function frameHeaders({ service, requestId, now }: AnswerFrame): Record<string, string> {
  const date = new Date(now).toUTCString();
  if (service === "dynamodb") return { date, "x-amzn-requestid": requestId };
  return { date, "x-amz-request-id": requestId, "x-amz-id-2": randomBytes(32).toString("base64"), server: "AmazonS3" };
}

/** A client that is still sending when its answer is out gets rid of the rest, so that it can read the answer. */
function drainWhenDone(request: IncomingMessage, response: ServerResponse): void {
  response.once("finish", () => {
    if (request.complete) return;
    request.unpipe();
    request.resume();
  });
}

async function sendStream(response: ServerResponse, body: Readable, bytesPerSecond: number | undefined): Promise<void> {
  try {
    if (bytesPerSecond === undefined) await pipeline(body, response);
    else await pipeline(body, new PacedStream(bytesPerSecond), response);
  } catch {
    // The head is out: only the connection's end can say that the body is not whole.
    response.socket?.destroy();
  }
}

/** Bytes of an answer's body, as its head tells them. */
export function bodySize({ headers, body }: AwsResponse): number {
  if (body === null) return 0;
  return body instanceof Readable ? Number(headers["content-length"] ?? 0) : Buffer.byteLength(body);
}

async function sendPart(response: ServerResponse, body: AwsResponse["body"], bytes: number): Promise<void> {
  const source = body instanceof Readable ? body : Readable.from([Buffer.from(body ?? "")], { objectMode: false });
  let left = bytes;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    const part = chunk.subarray(0, left);
    left -= part.length;
    if (part.length > 0) await new Promise<void>((resolve) => response.write(part, () => resolve()));
    if (left === 0) break;
  }
  response.socket?.destroy();
}
