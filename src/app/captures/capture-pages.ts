import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { CaptureFilter, CaptureRow } from "../../messaging/captures-view.ts";
import type { HoldallError } from "../../shared/holdall-error.ts";
import { asHoldallError } from "../../ui/error-text.ts";

/** Rows of a page; the first of a renewal may hold `mostRenewed`. */
const pageSize = 100;
const mostRenewed = 500;

export type LoadPage = (input: {
  filter: CaptureFilter;
  cursor?: string;
  limit: number;
}) => Promise<{ rows: CaptureRow[]; cursor: string | null }>;

/** The captures that a filter lets through, newest first, as far as one has scrolled. */
export interface CapturePages {
  rows: ReadonlySignal<CaptureRow[]>;
  /** True until the first answer for the first filter. */
  loading: ReadonlySignal<boolean>;
  error: ReadonlySignal<HoldallError | null>;
  /** There are more than `rows`. */
  more: ReadonlySignal<boolean>;
  /** Grows with each filter whose rows are shown: the list begins anew. */
  begun: ReadonlySignal<number>;
  /** Shows what another filter lets through. What is shown stays until the answer is here. */
  show(filter: CaptureFilter): Promise<void>;
  /** Looks again at what is newest; what was scrolled to stays. */
  renew(): Promise<void>;
  loadMore(): Promise<void>;
  /** Takes a row out of sight before it is deleted; `bringBack` undoes it. */
  hide(id: string): void;
  bringBack(id: string): void;
  /** A row that changed. */
  put(row: CaptureRow): void;
}

export function createCapturePages(load: LoadPage): CapturePages {
  const all = signal<CaptureRow[]>([]);
  const hidden = signal<ReadonlySet<string>>(new Set());
  const loading = signal(true);
  const error = signal<HoldallError | null>(null);
  const cursor = signal<string | null>(null);
  const begun = signal(0);
  let filter: CaptureFilter = {};
  /** Counts the filters; an answer for another one than the last is dropped. */
  let latest = 0;
  /** Renewals and further pages, one after the other: each goes on from what the one before left. */
  let turn: Promise<void> = Promise.resolve();
  let fetchingMore = false;

  const ask = async (
    mine: number,
    input: Parameters<LoadPage>[0],
    take: (page: Awaited<ReturnType<LoadPage>>) => void,
  ) => {
    try {
      const page = await load(input);
      if (mine !== latest) return;
      batch(() => {
        take(page);
        error.value = null;
        loading.value = false;
      });
    } catch (cause) {
      if (mine !== latest) return;
      batch(() => {
        error.value = asHoldallError(cause);
        loading.value = false;
      });
    }
  };
  const inTurn = (work: (mine: number) => Promise<void>) => {
    const mine = latest;
    turn = turn.then(() => (mine === latest ? work(mine) : undefined));
    return turn;
  };

  return {
    rows: computed(() => (hidden.value.size === 0 ? all.value : all.value.filter(({ id }) => !hidden.value.has(id)))),
    loading,
    error,
    more: computed(() => cursor.value !== null),
    begun,
    show: (next) => {
      filter = next;
      latest += 1;
      return ask(latest, { filter, limit: pageSize }, (page) => {
        all.value = page.rows;
        cursor.value = page.cursor;
        begun.value += 1;
      });
    },
    renew: () =>
      inTurn((mine) => {
        const limit = Math.min(mostRenewed, Math.max(pageSize, all.value.length));
        return ask(mine, { filter, limit }, (page) => {
          const kept = page.cursor === null ? [] : olderThan(all.value, page.rows.at(-1));
          all.value = [...page.rows, ...kept];
          if (kept.length === 0) cursor.value = page.cursor;
        });
      }),
    loadMore: async () => {
      if (cursor.value === null || fetchingMore) return;
      fetchingMore = true;
      await inTurn(async (mine) => {
        if (cursor.value === null) return;
        await ask(mine, { filter, cursor: cursor.value, limit: pageSize }, (page) => {
          all.value = [...all.value, ...page.rows];
          cursor.value = page.cursor;
        });
      });
      fetchingMore = false;
    },
    hide: (id) => {
      hidden.value = new Set(hidden.value).add(id);
    },
    bringBack: (id) => {
      hidden.value = new Set([...hidden.value].filter((other) => other !== id));
    },
    put: (row) => {
      all.value = all.value.map((other) => (other.id === row.id ? row : other));
    },
  };
}

/** ULIDs sort by time: what stands after `last` in a list that begins with the newest. */
function olderThan(rows: CaptureRow[], last: CaptureRow | undefined): CaptureRow[] {
  return last === undefined ? [] : rows.filter(({ id }) => id < last.id);
}
