import type { TransfersView, TransferTotals, TransferView } from "../../messaging/view.ts";
import { adding, refusals } from "../storage/upload-state.ts";
import { ended, hasEnded, isConflict, needsPerson, unended } from "./transfer-kind.ts";

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

/** One that needs the person, then what moves, then what is to come. Taken names have a row of their own. */
export function stripRows({ rows }: TransfersView): TransferView[] {
  const others = rows.filter((row) => !needsPerson(row) && !hasEnded(row)).toSorted((a, b) => urgency(a) - urgency(b));
  const asking = rows.filter((row) => needsPerson(row) && !isConflict(row)).slice(0, 1);
  return [...asking, ...others].slice(0, rowsAtMost);
}

function urgency(row: TransferView): number {
  if (row.state === "running" || row.state === "verifying") return 1;
  return row.state === "paused" ? 3 : 2;
}
