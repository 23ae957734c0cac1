/**
 * Which transfers run: in the person's order, few big ones at once and more small ones, so that neither waits for the other
 * only because of what came first.
 */
import type { Ledger } from "../journal/ledger.ts";
import { isSmall, type TransferRecord } from "../record.ts";
import { createOrdered } from "./ordered.ts";

/** Each of them has several requests under way, see slots.ts. */
export const bigLanes = 2;
/** More than there are slots: while one is signed or verified, another one's bytes go out. */
export const smallLanes = 12;

export interface Queue {
  /** The ids to start now, in order. @param going what runs already */
  next(going: Iterable<string>): string[];
}

/** Follows the ledger: ready is what is queued, and what the browser was saving when the background ended. */
export function createQueue(ledger: Ledger): Queue {
  const ready = { small: createOrdered<TransferRecord>(), big: createOrdered<TransferRecord>() };
  const listOf = (record: TransferRecord) => (isSmall(record) ? ready.small : ready.big);

  ledger.listen((before, after) => {
    if (before !== undefined && isReady(before)) listOf(before).delete(before);
    if (after !== undefined && isReady(after)) listOf(after).add(after);
  });

  return {
    next: (going) => {
      const running = new Set(going);
      let small = smallLanes;
      let big = bigLanes;
      for (const id of running) {
        const record = ledger.get(id);
        if (record === undefined) continue;
        if (isSmall(record)) small -= 1;
        else big -= 1;
      }
      return [...first(ready.big.values(), big, running), ...first(ready.small.values(), small, running)];
    },
  };
}

function isReady({ state }: TransferRecord): boolean {
  return state === "queued" || state === "saving";
}

function first(entries: Iterable<TransferRecord>, count: number, without: Set<string>): string[] {
  const ids: string[] = [];
  if (count <= 0) return ids;
  for (const { id } of entries) {
    if (without.has(id)) continue;
    ids.push(id);
    if (ids.length >= count) break;
  }
  return ids;
}
