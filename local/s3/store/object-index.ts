import { keyOrder } from "./key-order.ts";
import type { Version } from "./records.ts";

/** All versions of one key, the newest first. */
export interface KeyHistory {
  readonly key: string;
  readonly order: string;
  versions: Version[];
  /** Grows with every deletion; conditional writes use it to notice one that happened while they uploaded. */
  deletions: number;
}

/** The keys in UTF-8 order with their versions, in memory. */
export class ObjectIndex {
  readonly #byKey = new Map<string, KeyHistory>();
  #sorted: KeyHistory[] = [];
  /** While the journal is read, sorting once at the end is faster than inserting in place. */
  #loading = true;

  get(key: string): KeyHistory | undefined {
    return this.#byKey.get(key);
  }

  getOrCreate(key: string): KeyHistory {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const history: KeyHistory = { key, order: keyOrder(key), versions: [], deletions: 0 };
    this.#byKey.set(key, history);
    if (this.#loading) this.#sorted.push(history);
    else this.#sorted.splice(this.firstAfter(history.order, true), 0, history);
    return history;
  }

  /** Forgets a key that has no versions left. */
  dropIfEmpty(history: KeyHistory): void {
    if (history.versions.length > 0 || this.#loading) return;
    this.#byKey.delete(history.key);
    this.#sorted.splice(this.firstAfter(history.order, true), 1);
  }

  finishLoading(): void {
    const kept = this.#sorted.filter((history) => history.versions.length > 0);
    for (const history of this.#sorted) if (history.versions.length === 0) this.#byKey.delete(history.key);
    this.#sorted = kept.sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
    this.#loading = false;
  }

  /** Position of the first key after `order` (see keyOrder); with `inclusive`, the first key not before it. */
  firstAfter(order: string, inclusive = false): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = this.at(middle)?.order ?? "";
      if (at < order || (!inclusive && at === order)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  at(position: number): KeyHistory | undefined {
    return this.#sorted[position];
  }

  *histories(): IterableIterator<KeyHistory> {
    yield* this.#sorted;
  }
}
