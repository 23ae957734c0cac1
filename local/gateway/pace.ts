import { Transform, type TransformCallback } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";

/** How long bytes have to wait so that no more than so many come by in a second. */
export class Pace {
  #begun: number | null = null;
  #bytes = 0;

  constructor(readonly bytesPerSecond: number) {}

  /** Milliseconds until the next `bytes` may be passed on. */
  delay(bytes: number): number {
    const now = performance.now();
    this.#begun ??= now;
    this.#bytes += bytes;
    return Math.max(0, this.#begun + (this.#bytes / this.bytesPerSecond) * 1000 - now);
  }
}

/** Passes bytes on slowly, a tenth of a second's worth at a time. */
export class PacedStream extends Transform {
  readonly #pace: Pace;

  constructor(bytesPerSecond: number) {
    super();
    this.#pace = new Pace(bytesPerSecond);
  }

  override _transform(data: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#passOn(data).then(() => done(), done);
  }

  async #passOn(data: Buffer): Promise<void> {
    const step = Math.max(1, Math.ceil(this.#pace.bytesPerSecond / 10));
    for (let start = 0; start < data.length && !this.destroyed; start += step) {
      const piece = data.subarray(start, start + step);
      await wait(this.#pace.delay(piece.length));
      this.push(piece);
    }
  }
}
