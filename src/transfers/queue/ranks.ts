/** Places in the queue: numbers between which there is always room for one more, until there is not. */
import { byRank, type TransferRecord } from "../record.ts";

type Placed = Pick<TransferRecord, "id" | "rank">;

/**
 * The new ranks that put `ids`, in their order, before `before`, or at the end. Others keep theirs unless there is no number left
 * in between.
 * @param queue all that have not ended, in any order
 */
export function rerank(queue: readonly Placed[], ids: readonly string[], before: string | null): Map<string, number> {
  const sorted = [...queue].sort(byRank);
  const there = new Map(sorted.map((entry) => [entry.id, entry]));
  const moving = [...new Set(ids)].filter((id) => there.has(id) && id !== before);
  const chosen = new Set(moving);
  const rest = sorted.filter(({ id }) => !chosen.has(id));
  const found = before === null ? -1 : rest.findIndex(({ id }) => id === before);
  const at = found < 0 ? rest.length : found;
  const low = rest[at - 1]?.rank ?? (rest[at]?.rank ?? 0) - moving.length - 1;
  const high = rest[at]?.rank ?? low + moving.length + 1;
  const step = (high - low) / (moving.length + 1);
  // Doubles have 15 digits: far from the end of them, places in between stay different from each other.
  const fits = step > 1e-9 * Math.max(1, Math.abs(low), Math.abs(high));
  if (fits) return new Map(moving.map((id, index) => [id, low + step * (index + 1)]));
  const order = [...rest.slice(0, at).map(({ id }) => id), ...moving, ...rest.slice(at).map(({ id }) => id)];
  const changed = order.map((id, index) => [id, index + 1] as const);
  return new Map(changed.filter(([id, rank]) => there.get(id)?.rank !== rank));
}
