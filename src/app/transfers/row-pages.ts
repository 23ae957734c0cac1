import { type Signal, signal } from "@preact/signals";
import { call } from "../../messaging/client.ts";
import type { TransferView } from "../../messaging/view.ts";

/** Rows of one message. */
const pageSize = 500;
/** Milliseconds between two renewals of one page: thousands of rows in motion are not asked for with each byte. */
const renewal = 1500;

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
  let whole = false;
  let busy = false;
  let stale = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastAt = Number.NEGATIVE_INFINITY;
  let stopped = false;

  const load = async () => {
    busy = true;
    stale = false;
    const next: TransferView[] = [];
    let cursor: string | null | undefined;
    try {
      while (!stopped && cursor !== null && next.length < wanted) {
        const page: { rows: TransferView[]; cursor: string | null } = await call("transfers.list", {
          limit: pageSize,
          cursor: cursor ?? undefined,
        });
        next.push(...page.rows);
        cursor = page.cursor;
        // While more is loaded than ever before, what is there already is shown.
        if (next.length > rows.value.length) rows.value = [...next];
      }
      if (!stopped) rows.value = next;
      whole = cursor === null;
    } catch {
      // The view says what is wrong with the transfers; what was loaded stays.
    } finally {
      lastAt = performance.now();
      busy = false;
      if (stale) later();
    }
  };

  const later = () => {
    stale = true;
    if (busy || stopped || timer !== undefined) return;
    const pages = Math.max(1, Math.ceil(wanted / pageSize));
    timer = setTimeout(
      () => {
        timer = undefined;
        void load();
      },
      Math.max(0, lastAt + renewal * pages - performance.now()),
    );
  };

  return {
    rows,
    want: (index) => {
      if (index < rows.value.length || index < wanted || whole) return;
      wanted = index + 1;
      if (busy) stale = true;
      else void load();
    },
    renew: later,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
