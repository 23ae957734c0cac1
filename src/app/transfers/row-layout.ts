import type { TransferView } from "../../messaging/view.ts";
import { needsPerson } from "../../ui/transfers/transfer-kind.ts";
import { groupOf, type RowGroup } from "./row-group.ts";

/** Something in the list: a heading, a transfer, or the place of one that is not loaded. */
export type Line = { top: number; height: number } & (
  | { heading: RowGroup }
  | { row: TransferView; index: number }
  | { index: number }
);

/** Pixels; as in transfers.css. */
const heights = { heading: 32, wide: 52, narrow: 80, narrowAsking: 112 };

/** Where everything stands. @param total rows that there are, `rows` being the first of them */
export function layOut(rows: TransferView[], total: number, narrow: boolean): { lines: Line[]; height: number } {
  const lines: Line[] = [];
  let top = 0;
  let group: RowGroup | null = null;
  const place = (
    line: { heading: RowGroup } | { row: TransferView; index: number } | { index: number },
    height: number,
  ) => {
    lines.push({ ...line, top, height });
    top += height;
  };
  for (const [index, row] of rows.entries()) {
    const next = groupOf(row);
    if (next !== group) place({ heading: next }, heights.heading);
    group = next;
    place({ row, index }, narrow ? (needsPerson(row) ? heights.narrowAsking : heights.narrow) : heights.wide);
  }
  for (let index = rows.length; index < total; index += 1) place({ index }, narrow ? heights.narrow : heights.wide);
  return { lines, height: top };
}
