import { batch, type Signal, signal } from "@preact/signals";
import type { HoldallError } from "../shared/holdall-error.ts";
import { asHoldallError } from "../ui/error-text.ts";
import { trustList } from "../ui/state/hidden-rows.ts";

export interface Page<Row> {
  rows: Row[];
  cursor: string | null;
}

/** A list that comes in pages. What it holds stays while it is loaded again, and when that fails. */
export interface Listing<Row> {
  rows: Signal<Row[]>;
  /** `loading`: nothing was there before. `more`: the next page or a renewal is under way. */
  state: Signal<"loading" | "more" | "ready">;
  error: Signal<HoldallError | null>;
  /** True when the service has more. */
  unfinished: Signal<boolean>;
  /** From the first page again. */
  reload(): Promise<void>;
  loadMore(): Promise<void>;
  /** Asks again for what failed last: from the first page, or the next one. */
  retry(): Promise<void>;
}

/** `load` answers one page. An answer that a later reload has overtaken is dropped. */
export function createListing<Row>(load: (cursor: string | undefined) => Promise<Page<Row>>): Listing<Row> {
  const rows = signal<Row[]>([]);
  const state = signal<"loading" | "more" | "ready">("loading");
  const error = signal<HoldallError | null>(null);
  const unfinished = signal(false);
  let cursor: string | null = null;
  let latest = 0;
  /** Where the page begins that failed last. */
  let failed: string | undefined;

  const take = async (from: string | undefined, before: Row[]) => {
    latest += 1;
    const mine = latest;
    state.value = rows.value.length === 0 ? "loading" : "more";
    const askedAt = performance.now();
    try {
      const page = await load(from);
      if (mine !== latest) return;
      batch(() => {
        rows.value = [...before, ...page.rows];
        cursor = page.cursor;
        unfinished.value = page.cursor !== null;
        error.value = null;
        if (from === undefined) trustList(askedAt);
      });
    } catch (cause) {
      if (mine !== latest) return;
      failed = from;
      error.value = asHoldallError(cause);
    } finally {
      if (mine === latest) state.value = "ready";
    }
  };

  return {
    rows,
    state,
    error,
    unfinished,
    reload: () => take(undefined, []),
    retry: () => take(failed, failed === undefined ? [] : rows.value),
    loadMore: async () => {
      if (cursor !== null && state.value === "ready") await take(cursor, rows.value);
    },
  };
}
