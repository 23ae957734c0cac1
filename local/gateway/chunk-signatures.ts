import { createHash, type Hash } from "node:crypto";
import { AwsError } from "../service.ts";
import type { Authenticated } from "./authenticate.ts";
import { sameSignature, scopeText, sha256, signature } from "./signing.ts";

const EMPTY = sha256("");

/**
 * Checks the chain of signatures of an aws-chunked body: each chunk's signature covers the one before it.
 * (S3 API reference, "Signature calculations … transferring payload in multiple chunks".)
 */
export class ChunkSignatures {
  #previous: string;
  #hash: Hash = createHash("sha256");

  constructor(private readonly caller: Authenticated) {
    this.#previous = caller.seedSignature;
  }

  /** Takes a piece of the current chunk's data. */
  update(data: Buffer): void {
    this.#hash.update(data);
  }

  /** @throws {AwsError} `SignatureDoesNotMatch` */
  endChunk(given: string): void {
    const digest = this.#hash.digest("hex");
    this.#hash = createHash("sha256");
    this.#check(["AWS4-HMAC-SHA256-PAYLOAD", EMPTY, digest], given);
  }

  /**
   * @param lines the trailers as sent, one `name:value` each
   * @throws {AwsError} `SignatureDoesNotMatch`
   */
  endTrailers(lines: readonly string[], given: string): void {
    this.#check(["AWS4-HMAC-SHA256-TRAILER", sha256(lines.map((line) => `${line}\n`).join(""))], given);
  }

  #check([algorithm, ...hashes]: [string, ...string[]], given: string): void {
    const { signingKey, amzDate, scope } = this.caller;
    const text = [algorithm, amzDate, scopeText(scope), this.#previous, ...hashes].join("\n");
    const expected = signature(signingKey, text);
    if (!sameSignature(expected, given)) {
      throw new AwsError(
        "SignatureDoesNotMatch",
        403,
        "The chunk signature we calculated does not match the one you provided.",
      );
    }
    this.#previous = expected;
  }
}
