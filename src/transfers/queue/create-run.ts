import type { Ledger } from "../journal/ledger.ts";
import { isSmall, type TransferRecord } from "../record.ts";
import { type Run, Stopped } from "../run.ts";
import type { TransferDeps } from "../transfers.ts";
import type { Meter } from "./progress.ts";
import type { Slots } from "./slots.ts";

export interface RunParts {
  deps: TransferDeps;
  ledger: Ledger;
  slots: Slots;
  /** Resolves once so many bytes are in the journal. */
  staged(id: string, bytes: number, signal: AbortSignal): Promise<void>;
  /** So many bytes went forward. */
  progressed(bytes: number): void;
}

/** @param isCurrent false once another run has taken the transfer over, or it was stopped */
export function createRun(
  id: string,
  { deps, ledger, slots, staged, progressed }: RunParts,
  { signal, meter, isCurrent }: { signal: AbortSignal; meter: Meter; isCurrent(): boolean },
): Run {
  /** Slots that it has now: bytes that are told of without one were there before. */
  let sending = 0;

  const record = (): TransferRecord => {
    const found = ledger.get(id);
    if (found === undefined || !isCurrent()) throw new Stopped(id);
    return found;
  };
  const asker = () => {
    const known = ledger.get(id);
    return { id, rank: known?.rank ?? 0, small: known === undefined || isSmall(known) };
  };

  return {
    deps,
    record,
    signal,
    apply: async (event) => {
      const { state } = record();
      // It began when it came out of the queue.
      if (event.type === "started" && (state === "uploading" || state === "fetching")) return;
      await ledger.apply(id, event);
    },
    moved: (part, bytes) => {
      if (isCurrent()) progressed(meter.record(part, bytes, deps.now(), sending > 0));
    },
    staged: (bytes) => staged(id, bytes, signal),
    inSlot: (work) =>
      slots.take(asker, signal, async () => {
        sending += 1;
        try {
          return await work();
        } finally {
          sending -= 1;
        }
      }),
  };
}
