import { useRef } from "preact/hooks";
import type { TransferTotals } from "../../messaging/view.ts";
import { unended } from "../../ui/transfers/transfer-kind.ts";

export interface WholeProgress {
  /** Bytes that were moved, or need not be any more, since there was something to do. */
  done: number;
  /** Bytes that there were to move. */
  all: number;
}

/** What `totals` add to the progress before: they count what has not ended alone, and a bar that falls back with each file that ends tells nothing. */
export function nextProgress(before: WholeProgress | null, totals: TransferTotals): WholeProgress {
  const { bytes, sent } = totals;
  const left = bytes - sent;
  if (before === null || before.all === 0 || unended(totals) === 0) return { done: sent, all: bytes };
  const leftBefore = before.all - before.done;
  // More than before: something was added.
  const all = before.all + Math.max(0, left - leftBefore);
  return { done: all - left, all };
}

/** Progress of all transfers as long as the page is there. */
export function useWholeProgress(totals: TransferTotals): WholeProgress {
  const last = useRef<WholeProgress | null>(null);
  last.current = nextProgress(last.current, totals);
  return last.current;
}
