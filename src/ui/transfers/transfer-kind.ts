import type { TransfersView, TransferTotals, TransferView } from "../../messaging/view.ts";

export const hasEnded = ({ state }: TransferView) => state === "done" || state === "failed" || state === "cancelled";

export const isConflict = ({ state, error }: TransferView) => state === "failed" && error?.code === "file-exists";

/** Nothing goes on without the person: a taken name, a missing file, a host that is not allowed, a failure. */
export function needsPerson({ state, waitsFor }: TransferView): boolean {
  return state === "failed" || (state === "waiting" && (waitsFor === "file" || waitsFor === "permission"));
}

/** It asks the person something: nothing went wrong. */
export const isQuestion = (transfer: TransferView) =>
  isConflict(transfer) || (transfer.state === "waiting" && needsPerson(transfer));

export const canPause = ({ state }: TransferView) =>
  state === "staging" || state === "queued" || state === "running" || state === "waiting";

/** Closing the browser now would mean to pick the file again. */
export function isUncopied(transfer: TransferView): boolean {
  const { direction, staged, size, waitsFor } = transfer;
  return direction === "upload" && !hasEnded(transfer) && waitsFor !== "file" && staged < size;
}

export const unended = ({ active, paused, waiting }: TransferTotals) => active + paused + waiting;

export const ended = ({ conflicts, failed, done, cancelled }: TransferTotals) => conflicts + failed + done + cancelled;

/** How many wait for the person; of those that wait for a file or a host only those that the view carries are known. */
export function askingCount({ rows, totals }: TransfersView): number {
  return totals.conflicts + totals.failed + rows.filter((row) => row.state === "waiting" && needsPerson(row)).length;
}
