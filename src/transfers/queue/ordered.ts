/** Ids in the person's order, kept sorted: with thousands of transfers nothing is sorted anew for each step. */
import { byRank } from "../record.ts";

export interface Place {
  id: string;
  rank: number;
}

export interface Ordered<T extends Place> {
  readonly size: number;
  /** Adds an entry, or takes the place of the one with the same rank and id. */
  add(entry: T): void;
  /** The rank has to be that with which it was added. */
  delete(entry: Place): void;
  /** From the first; adding and deleting while walking is not allowed. */
  values(): Iterable<T>;
}

export function createOrdered<T extends Place>(): Ordered<T> {
  const entries: T[] = [];

  /** Index of the first entry that is not before `place`. */
  function find(place: Place): number {
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = entries[middle];
      if (entry !== undefined && byRank(entry, place) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function isAt(at: number, place: Place): boolean {
    const entry = entries[at];
    return entry !== undefined && byRank(entry, place) === 0;
  }

  return {
    get size() {
      return entries.length;
    },
    add: (entry) => {
      const at = find(entry);
      entries.splice(at, isAt(at, entry) ? 1 : 0, entry);
    },
    delete: (place) => {
      const at = find(place);
      if (isAt(at, place)) entries.splice(at, 1);
    },
    values: () => entries,
  };
}
