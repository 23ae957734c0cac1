import { HoldallError } from "../shared/holdall-error.ts";
import { HostFailure, type HostFailureKind } from "../transfers/host/host-link.ts";

/** What went wrong, as the background is told: `cancelled` when it asked for it, what `cause` itself says, or else `kind`. */
export function hostFailure(cause: unknown, kind: HostFailureKind, signal?: AbortSignal): HostFailure {
  if (cause instanceof HostFailure) return cause;
  if (signal?.aborted) return new HostFailure("cancelled", { cause });
  return new HostFailure(isFull(cause) ? "full" : kind, { cause });
}

function isFull(cause: unknown): boolean {
  if (cause instanceof HoldallError) return cause.code === "journal-full";
  return cause instanceof DOMException && cause.name === "QuotaExceededError";
}

/** Rejects with HostFailure of this kind when `work` does. */
export async function orFail<T>(work: Promise<T>, kind: HostFailureKind, signal?: AbortSignal): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw hostFailure(cause, kind, signal);
  }
}

/** @throws HostFailure `cancelled` */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new HostFailure("cancelled");
}
