import type { ErrorCode } from "./types.ts";

/** What every method rejects with. */
export class HoldallError extends Error {
  override name = "HoldallError";
  readonly code: ErrorCode;
  /** The place in `params` that is wrong, or what was refused. */
  readonly detail: string | undefined;
  /** Milliseconds, of `over-limit`. */
  readonly retryAfter: number | undefined;

  constructor(
    from: { code: ErrorCode; message: string; detail?: string | undefined; retryAfter?: number | undefined },
    cause?: unknown,
  ) {
    super(from.message, { cause });
    this.code = from.code;
    this.detail = from.detail;
    this.retryAfter = from.retryAfter;
  }
}
