import { createHash, type Hash } from "node:crypto";
import { Transform, type TransformCallback } from "node:stream";
import { AwsError } from "../service.ts";
import type { Pace } from "./pace.ts";

export interface PayloadPromise {
  /** Hex; null when the payload is not signed. */
  sha256: string | null;
  /** Bytes; null when the request does not say. */
  length: number | null;
}

/**
 * Passes a payload on and holds it against what the request promised. Fails with AwsError `XAmzContentSHA256Mismatch` or
 * `IncompleteBody`, at the end of the payload.
 */
export class PayloadGuard extends Transform {
  #seen = 0;
  readonly #hash: Hash | null;
  #cut: { bytes: number; act: () => void } | null = null;
  #pace: Pace | null = null;

  constructor(private readonly promise: PayloadPromise) {
    super({ highWaterMark: 256 * 1024 });
    this.#hash = promise.sha256 === null ? null : createHash("sha256");
  }

  /** For a fault switch: calls `act` once, as soon as more than `bytes` have arrived, and gives no more of them. */
  cutAfter(bytes: number, act: () => void): void {
    this.#cut = { bytes, act };
    this.#cutIfDue();
  }

  #cutIfDue(): boolean {
    if (this.#cut === null || this.#seen <= this.#cut.bytes) return false;
    this.#cut.act();
    this.destroy(new AwsError("IncompleteBody", 400, "The request body terminated unexpectedly"));
    return true;
  }

  /** For a fault switch: takes bytes slowly. */
  slowDown(pace: Pace): void {
    // The first bytes come together with the request's head.
    pace.delay(this.#seen);
    this.#pace = pace;
  }

  override _transform(data: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#seen += data.length;
    this.#hash?.update(data);
    if (this.#cutIfDue()) return;
    if (this.#pace !== null) setTimeout(() => done(null, data), this.#pace.delay(data.length));
    else done(null, data);
  }

  override _flush(done: TransformCallback): void {
    if (this.#pace === null) this.#end(done);
    else setTimeout(() => this.#end(done), this.#pace.delay(0));
  }

  #end(done: TransformCallback): void {
    const { length, sha256 } = this.promise;
    if (length !== null && this.#seen !== length) {
      const message = "You did not provide the number of bytes specified by the Content-Length HTTP header";
      done(new AwsError("IncompleteBody", 400, message));
      return;
    }
    const computed = this.#hash?.digest("hex") ?? null;
    if (sha256 === computed) done();
    else done(mismatch(sha256 ?? "", computed ?? ""));
  }
}

function mismatch(promised: string, computed: string): AwsError {
  const message = "The provided 'x-amz-content-sha256' header does not match what was computed.";
  const details = { ClientComputedContentSHA256: promised, S3ComputedContentSHA256: computed };
  return new AwsError("XAmzContentSHA256Mismatch", 400, message, details);
}
