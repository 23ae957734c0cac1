/** The requests that all transfers share, and who gets the next one. */
import { byRank } from "../record.ts";

/** Requests with bytes at once: more would not be faster and would make each slower. */
export const allSlots = 6;
/** Of one transfer. */
const mostOfOne = 4;
/** For big transfers while small ones want some, too. */
const bigShare = 4;
/** For small ones while big ones want some, too. */
const smallShare = 5;

/** Who asks: as of now, since the person may change the order while it waits. */
export interface Asker {
  id: string;
  rank: number;
  small: boolean;
}

export interface Slots {
  /**
   * Does `work` once a slot is free for it: the first in the queue goes first, big and small ones leave each other some.
   * Rejects with the signal's reason when it is aborted before.
   */
  take<T>(asker: () => Asker, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

interface Waiting {
  asker: () => Asker;
  start(): void;
}

export function createSlots(): Slots {
  const waiting = new Set<Waiting>();
  const taken = new Map<string, number>();
  let small = 0;
  let big = 0;

  function hand(): void {
    while (small + big < allSlots) {
      const next = choose();
      if (next === null) return;
      waiting.delete(next);
      next.start();
    }
  }

  function choose(): Waiting | null {
    const asking = [...waiting].map((entry) => ({ entry, asker: entry.asker() }));
    const smallAsk = asking.some(({ asker }) => asker.small);
    const bigAsk = asking.some(({ asker }) => !asker.small);
    let best: (typeof asking)[number] | null = null;
    for (const one of asking) {
      if ((taken.get(one.asker.id) ?? 0) >= mostOfOne) continue;
      if (one.asker.small ? bigAsk && small >= smallShare : smallAsk && big >= bigShare) continue;
      if (best === null || byRank(one.asker, best.asker) < 0) best = one;
    }
    return best?.entry ?? null;
  }

  function count(asker: Asker, by: 1 | -1): void {
    if (asker.small) small += by;
    else big += by;
    const left = (taken.get(asker.id) ?? 0) + by;
    if (left > 0) taken.set(asker.id, left);
    else taken.delete(asker.id);
  }

  /** Resolves to what gives the slot back. */
  function slot(asker: () => Asker, signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const entry: Waiting = {
        asker,
        start: () => {
          signal.removeEventListener("abort", leave);
          // Small or big as it began, whatever is learned of its size meanwhile.
          const holder = asker();
          count(holder, 1);
          resolve(() => {
            count(holder, -1);
            hand();
          });
        },
      };
      const leave = () => {
        waiting.delete(entry);
        reject(signal.reason);
        hand();
      };
      if (signal.aborted) return reject(signal.reason);
      signal.addEventListener("abort", leave, { once: true });
      waiting.add(entry);
      hand();
    });
  }

  return {
    take: async (asker, signal, work) => {
      const release = await slot(asker, signal);
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
}
