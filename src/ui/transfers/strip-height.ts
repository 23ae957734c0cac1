import type { TransfersView } from "../../messaging/view.ts";
import { stripRows } from "./strip-content.ts";
import { needsPerson } from "./transfer-kind.ts";

/** Pixels that the strip will take, so that nothing jumps when its code comes. As in storage.css. */
export function stripHeight(transfers: TransfersView): number {
  const rows = stripRows(transfers).map((row) => (needsPerson(row) ? 76 : 44));
  const conflicts = transfers.totals.conflicts > 0 ? 76 : 0;
  return rows.reduce((sum, height) => sum + height, 32 + conflicts);
}
