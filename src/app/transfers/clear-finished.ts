import { call } from "../../messaging/client.ts";
import type { TransferTotals } from "../../messaging/view.ts";
import { orders } from "../../ui/transfers/orders.ts";

/** Rows of one message. */
const many = 500;

/** Takes what is done or cancelled off the list. What failed stays: it still waits for an answer. */
export async function clearFinished({ conflicts, failed }: TransferTotals): Promise<void> {
  if (conflicts + failed === 0) {
    orders.dismiss("ended");
    return;
  }
  const ids = await finishedIds().catch(() => []);
  for (let from = 0; from < ids.length; from += many) orders.dismiss(ids.slice(from, from + many));
}

async function finishedIds(): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page: { rows: { id: string; state: string }[]; cursor: string | null } = await call("transfers.list", {
      limit: many,
      cursor: cursor ?? undefined,
    });
    ids.push(...page.rows.filter(({ state }) => state === "done" || state === "cancelled").map(({ id }) => id));
    cursor = page.cursor;
  }
  return ids;
}
