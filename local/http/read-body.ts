import type { IncomingMessage } from "node:http";
import { AwsError } from "../service.ts";

/**
 * Reads a small body whole.
 *
 * @param limit bytes
 * @throws {AwsError} `RequestEntityTooLarge` beyond `limit`, `IncompleteBody` when the connection ends early
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
    }
  } catch (cause) {
    throw Object.assign(new AwsError("IncompleteBody", 400, "The request body ended early."), { cause });
  }
  if (size > limit) throw new AwsError("RequestEntityTooLarge", 413, `The request body is larger than ${limit} bytes.`);
  return Buffer.concat(chunks, size);
}
