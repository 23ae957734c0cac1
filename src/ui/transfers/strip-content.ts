import type { TransfersView, TransferTotals, TransferView } from "../../messaging/view.ts";
import { adding, refusals } from "../storage/upload-state.ts";
import { ended, isConflict, needsPerson, unended } from "./transfer-kind.ts";

/** Rows that the strip shows at most: what does not fit there is in the app's list. */
const rowsAtMost = 2;

/** Whether there is anything to show: nothing moves, waits or has ended in most moments. */
export function hasStrip({ totals, problem }: TransfersView): boolean {
  return (
    problem !== null || adding.value !== null || refusals.value.length > 0 || unended(totals) + shownEnded(totals) > 0
  );
}

/** What was cancelled is what the person wanted: nothing to tell. */
const shownEnded = (totals: TransferTotals) => ended(totals) - totals.cancelled;

/** What needs the person first, then what moves, then what is to come. Taken names have a row of their own. */
export function stripRows({ rows }: TransfersView): TransferView[] {
  const shown = rows.filter((row) => row.state !== "done" && row.state !== "cancelled" && !isConflict(row));
  return shown.toSorted((a, b) => urgency(a) - urgency(b)).slice(0, rowsAtMost);
}

function urgency(row: TransferView): number {
  if (needsPerson(row)) return 0;
  if (row.state === "running" || row.state === "verifying") return 1;
  return row.state === "paused" ? 3 : 2;
}
