import type { IncomingMessage } from "node:http";
import { AwsError } from "../service.ts";
import type { Authenticated } from "./authenticate.ts";
import { AwsChunkedDecoder } from "./aws-chunked-decoder.ts";
import { ChunkSignatures } from "./chunk-signatures.ts";
import { PayloadGuard } from "./payload-guard.ts";

const SIGNED_CHUNKS = /^STREAMING-AWS4-HMAC-SHA256-PAYLOAD(-TRAILER)?$/;

/** True when the body comes in aws-chunked framing. */
export function isChunked(contentSha256: string): boolean {
  return contentSha256 === "STREAMING-UNSIGNED-PAYLOAD-TRAILER" || SIGNED_CHUNKS.test(contentSha256);
}

/**
 * The payload of an S3 request as a stream: framing off, and failing at its end when it is not what was signed.
 *
 * @param contentSha256 the value of `x-amz-content-sha256`
 * @param trailers filled when the stream has ended
 * @throws {AwsError} `InvalidArgument` for a value that S3 does not know, `MissingContentLength`
 */
export function openPayload(
  request: IncomingMessage,
  contentSha256: string,
  caller: Authenticated,
  trailers: Record<string, string>,
): PayloadGuard {
  const chunked = isChunked(contentSha256);
  const hashed = /^[0-9a-f]{64}$/.test(contentSha256);
  if (!chunked && !hashed && contentSha256 !== "UNSIGNED-PAYLOAD") {
    const message = "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-…, or a valid sha256 value.";
    throw new AwsError("InvalidArgument", 400, message, { ArgumentName: "x-amz-content-sha256" });
  }
  const lengthHeader = request.headers[chunked ? "x-amz-decoded-content-length" : "content-length"];
  const length = lengthHeader === undefined ? null : Number(lengthHeader);
  if (chunked && (length === null || !Number.isSafeInteger(length) || length < 0)) {
    throw new AwsError("MissingContentLength", 411, "You must provide the Content-Length HTTP header.");
  }
  const guard = new PayloadGuard({ sha256: hashed ? contentSha256 : null, length });
  // The service may fail, or answer, before it has read all: that must not end the process.
  guard.on("error", () => request.unpipe());
  request.on("error", () => {});
  request.once("close", () => {
    if (!request.complete)
      guard.destroy(new AwsError("IncompleteBody", 400, "The request body terminated unexpectedly"));
  });
  if (!chunked) return request.pipe(guard);
  const signatures = SIGNED_CHUNKS.test(contentSha256) ? new ChunkSignatures(caller) : null;
  const decoder = new AwsChunkedDecoder(signatures, trailers);
  decoder.on("error", (error) => guard.destroy(error));
  guard.on("close", () => decoder.destroy());
  return request.pipe(decoder).pipe(guard);
}
