import { useEffect, useMemo, useRef } from "preact/hooks";
import type { TransfersView, TransferView } from "../../messaging/view.ts";
import { ended, unended } from "../../ui/transfers/transfer-kind.ts";
import { createRowPages } from "./row-pages.ts";

export interface TransferRows {
  /** The first of all, in their order. */
  rows: TransferView[];
  /** How many there are. */
  total: number;
  /** Row `index` is looked at. */
  want: (index: number) => void;
}

/** The transfers of the view, and those beyond it as pages of the background. */
export function useTransferRows({ rows: live, totals }: TransfersView): TransferRows {
  const pages = useMemo(createRowPages, []);
  const seen = useRef(new Map<string, TransferView>());
  const total = Math.max(live.length, unended(totals) + ended(totals));
  const more = total > live.length;
  const state = JSON.stringify({ ...totals, sent: 0, bytes: 0, speed: 0, secondsLeft: 0 });
  useEffect(() => pages.stop, [pages]);
  useEffect(() => {
    seen.current.clear();
  }, [pages.rows.value]);
  useEffect(() => {
    if (more) pages.renew();
  }, [pages, more, state]);
  if (!more) return { rows: live, total, want: pages.want };
  // What the view said last of a row is newer than its page.
  for (const row of live) seen.current.set(row.id, row);
  const inView = new Set(live.map(({ id }) => id));
  const others = pages.rows.value.filter(({ id }) => !inView.has(id)).map((row) => seen.current.get(row.id) ?? row);
  return { rows: [...live, ...others].slice(0, total), total, want: pages.want };
}
