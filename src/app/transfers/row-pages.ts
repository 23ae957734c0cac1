import { type Signal, signal } from "@preact/signals";
import { call } from "../../messaging/client.ts";
import type { Output } from "../../messaging/protocol.ts";
import type { TransferView } from "../../messaging/view.ts";

/** Rows of one message. */
const pageSize = 500;
/** Milliseconds between two renewals of one page: thousands of rows in motion are not asked for with each byte. */
const renewal = 1500;

type Page = Output<"transfers.list">;

/** The transfers beyond those that the view carries, as they were a moment ago. */
export interface RowPages {
  rows: Signal<TransferView[]>;
  /** Row `index` is looked at: loads up to there. */
  want(index: number): void;
  /** Something changed: loads what is loaded again, in a moment. */
  renew(): void;
  stop(): void;
}

export function createRowPages(): RowPages {
  const rows = signal<TransferView[]>([]);
  let wanted = 1;
  /** Of the page after `rows`; undefined: nothing was loaded yet, null: there is no more. */
  let cursor: string | null | undefined;
  let busy = false;
  let stale = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastAt = Number.NEGATIVE_INFINITY;
  let stopped = false;

  /** Goes on after `from` until what is wanted is there. @param show each page as it comes, or all at the end */
  const load = async (from: TransferView[], start: string | null | undefined, show: boolean) => {
    let [next, at] = [from, start];
    while (!stopped && at !== null && next.length < wanted) {
      const page: Page = await call("transfers.list", { limit: pageSize, cursor: at });
      [next, at] = [[...next, ...page.rows], page.cursor];
      if (show) [rows.value, cursor] = [next, at];
    }
    if (!stopped) [rows.value, cursor] = [next, at];
  };

  const run = async (again: boolean) => {
    busy = true;
    let failed = false;
    try {
      if (again) await load([], undefined, rows.value.length === 0);
      else await load(rows.value, cursor, true);
    } catch {
      // The view says what is wrong with the transfers; what was loaded stays, and the next change or look tries again.
      failed = true;
    }
    busy = false;
    if (again) lastAt = performance.now();
    if (stale) renew();
    else if (!failed && !again && !stopped && cursor !== null && rows.value.length < wanted) void run(false);
  };

  const renew = () => {
    stale = true;
    if (busy || stopped || timer !== undefined) return;
    const pages = Math.max(1, Math.ceil(rows.value.length / pageSize));
    const wait = Math.max(0, lastAt + renewal * pages - performance.now());
    timer = setTimeout(() => {
      timer = undefined;
      stale = false;
      void run(true);
    }, wait);
  };

  return {
    rows,
    want: (index) => {
      wanted = Math.max(wanted, index + 1);
      if (!busy && cursor !== null && rows.value.length < wanted) void run(false);
    },
    renew,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
