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
  /** Called once when more than `bytes` have arrived: a fault switch that cuts the connection. */
  cut: { bytes: number; act: () => void } | null = null;
  /** A fault switch that takes bytes slowly. */
  pace: Pace | null = null;

  constructor(private readonly promise: PayloadPromise) {
    super({ highWaterMark: 256 * 1024 });
    this.#hash = promise.sha256 === null ? null : createHash("sha256");
  }

  override _transform(data: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#seen += data.length;
    this.#hash?.update(data);
    if (this.cut !== null && this.#seen > this.cut.bytes) {
      const { act } = this.cut;
      this.cut = null;
      act();
    } else if (this.pace !== null) setTimeout(() => done(null, data), this.pace.delay(data.length));
    else done(null, data);
  }

  override _flush(done: TransformCallback): void {
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
