/** One go at one transfer: what upload.ts and download.ts work with. */
import { HoldallError } from "../shared/holdall-error.ts";
import { isMarked } from "../shared/is-marked.ts";
import { HostFailure } from "./host/host-link.ts";
import type { TransferEvent } from "./machine.ts";
import type { TransferRecord } from "./record.ts";
import type { TransferDeps, TransferStore } from "./transfers.ts";

export interface Run {
  deps: TransferDeps;
  /** The record as it is now. */
  record(): TransferRecord;
  /** Resolves when the event is in the journal. Rejects with Stopped when it came too late. */
  apply(event: TransferEvent): Promise<void>;
  /** Aborted when the transfer is stopped, whatever the reason. */
  signal: AbortSignal;
  /** Bytes moved so far of one part (or segment); what the person sees is the sum over all. 0 when it begins again. */
  moved(part: number, bytes: number): void;
  /** Resolves once so many bytes of an upload are in the journal. @throws HoldallError `file-needed`, `file-unreadable` */
  staged(bytes: number): Promise<void>;
  /**
   * Does `work` in one of the slots that all transfers share: a request that carries bytes, or one of many small ones.
   * Slots go to the transfer that is first in the queue, and some are kept for small transfers.
   */
  inSlot<T>(work: () => Promise<T>): Promise<T>;
}

const mark: unique symbol = Symbol.for("holdall.stopped") as never;

/** Somebody else ended or took over the transfer while this run was waiting: it has nothing more to say. */
export class Stopped extends Error {
  override name = "Stopped";
  readonly [mark] = true;

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isMarked(value, mark);
  }
}

/**
 * The answer of the host to a request that it sends. Without the permission for S3's host it is as if there were no network.
 * @throws HoldallError `permission-needed`; HostFailure
 */
export async function sent<T>(run: Run, url: string, request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof HostFailure && error.kind === "network") await run.deps.checkReach(url);
    throw error;
  }
}

/**
 * The folder of the transfer's owner.
 * @throws HoldallError `signed-out` when another person, or nobody, is signed in to the profile
 */
export async function openFolder(run: Run): Promise<TransferStore> {
  await checkOwner(run);
  return await run.deps.storage(run.record().owner);
}

/** Between signature and request too: somebody else may have signed in meanwhile. @throws HoldallError `signed-out` */
export async function checkOwner(run: Run): Promise<void> {
  const { owner } = run.record();
  if ((await run.deps.identity(owner.profile)) !== owner.identity) throw new HoldallError("signed-out");
}
