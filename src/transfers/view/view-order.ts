/** The order in which transfers are shown: what needs the person, what runs, waits, is queued, and what ended last. */
import type { TransferRecord } from "../record.ts";
import { viewState, waitsFor } from "./transfer-view.ts";

/** Compared field by field. */
export type Position = readonly [group: number, place: number, id: string];

function positionOf(record: TransferRecord): Position {
  const { id, rank, ended } = record;
  const state = viewState(record);
  const last = -(ended ?? 0);
  if (state === "failed") return [0, last, id];
  if (state === "waiting") return [waitsFor(record) === "network" ? 2 : 0, rank, id];
  if (state === "running" || state === "verifying") return [1, rank, id];
  return state === "done" || state === "cancelled" ? [4, last, id] : [3, rank, id];
}

function compare(a: Position, b: Position): number {
  return a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : a[2] > b[2] ? 1 : 0);
}

/** The first `limit` records behind `after`, in order, without sorting the rest. @param limit at least 1 */
export function firstInOrder(
  records: Iterable<TransferRecord>,
  limit: number,
  after: Position | null = null,
): { record: TransferRecord; at: Position }[] {
  const found: { record: TransferRecord; at: Position }[] = [];
  for (const record of records) {
    const at = positionOf(record);
    if (after !== null && compare(at, after) <= 0) continue;
    const worst = found.at(-1);
    if (found.length >= limit && worst !== undefined && compare(at, worst.at) >= 0) continue;
    let place = found.length;
    for (; place > 0; place--) {
      const before = found[place - 1];
      if (before === undefined || compare(before.at, at) < 0) break;
    }
    found.splice(place, 0, { record, at });
    if (found.length > limit) found.pop();
  }
  return found;
}

/** A position as text, for a page of the list to be followed by the next. */
export function toCursor(at: Position): string {
  return JSON.stringify(at);
}

/** Null for what is no cursor. */
export function fromCursor(cursor: string): Position | null {
  try {
    const at: unknown = JSON.parse(cursor);
    if (!Array.isArray(at)) return null;
    const [group, place, id] = at;
    return typeof group === "number" && typeof place === "number" && typeof id === "string" ? [group, place, id] : null;
  } catch {
    return null;
  }
}
