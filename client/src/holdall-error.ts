import type { ErrorCode } from "./types.ts";

interface Fault {
  code: ErrorCode;
  message: string;
  detail?: string | undefined;
  retryAfter?: number | undefined;
  cause?: unknown;
}

/** What every method rejects with. */
export class HoldallError extends Error {
  override name = "HoldallError";
  declare readonly code: ErrorCode;
  /** The place in `params` that is wrong, or what was refused. */
  declare readonly detail: string | undefined;
  /** Milliseconds, of `over-limit`. */
  declare readonly retryAfter: number | undefined;

  constructor({ message, cause, ...fault }: Fault) {
    super(message, { cause });
    Object.assign(this, fault);
  }
}
