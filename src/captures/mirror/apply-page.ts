import type { CaptureRow } from "../../messaging/captures-view.ts";
import type { MirrorChange } from "./mirror-database.ts";
import { type MirrorRow, mirrorRow } from "./mirror-row.ts";
import { writeRows } from "./write-rows.ts";

/** Ids of which a page tells everything: exclusive and inclusive bounds, null for none. */
export interface Span {
  /** Exclusive. */
  above: string | null;
  /** Inclusive. */
  from: string | null;
  /** Exclusive. */
  below: string | null;
  /** Inclusive. */
  to: string | null;
}

/** What happened to rows here since a page was asked for: it may not know it yet. */
export type Touched = ReadonlyMap<string, "put" | "dropped">;

/** Rows that are looked at together. */
const batch = 1000;

/** Makes the rows of a span what the table said, except where something newer happened here meanwhile. */
export async function applyPage(
  tx: MirrorChange,
  { rows, span, touched }: { rows: CaptureRow[]; span: Span; touched: Touched },
): Promise<void> {
  const fresh = new Map(rows.filter(({ id }) => touched.get(id) !== "dropped").map((row) => [row.id, row]));
  const write = writeRows(tx);
  for (let rest = rangeOf(span); rest !== null; ) {
    const present = await tx.objectStore("rows").index("id").getAll(rest, batch);
    for (const stored of present) {
      const { id } = stored.row;
      const row = fresh.get(id);
      fresh.delete(id);
      if (row === undefined) {
        if (!touched.has(id)) write.drop(stored);
      } else if (!(touched.has(id) && stored.row.rev >= row.rev) && !isSame(stored, row)) write.put(row, stored);
    }
    const last = present.length === batch ? present.at(-1) : undefined;
    rest = last === undefined ? null : rangeOf({ ...span, above: last.row.id, from: null });
  }
  for (const row of fresh.values()) write.put(row, undefined);
  await write.finish();
}

/** The range of ids; null for one that can hold none, which IndexedDB refuses. */
function rangeOf({ above, from, below, to }: Span): IDBKeyRange | null {
  const [lower, upper] = [above ?? from ?? "", below ?? to];
  if (upper === null) return IDBKeyRange.lowerBound(lower, above !== null);
  const empty = lower > upper || (lower === upper && (above !== null || below !== null));
  return empty ? null : IDBKeyRange.bound(lower, upper, above !== null, below !== null);
}

/** A row that is written again costs as much as a new one. */
function isSame(stored: MirrorRow, row: CaptureRow): boolean {
  return JSON.stringify(stored) === JSON.stringify(mirrorRow(row));
}
