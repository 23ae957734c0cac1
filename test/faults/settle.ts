import type { TransferView } from "../../src/messaging/view.ts";
import { type FaultRun, note } from "./fault-run.ts";
import type { Tracked } from "./tracked.ts";
import { nameOf } from "./tracked.ts";
import { look } from "./watch.ts";
import { provide, wishDownload, wishUploads } from "./wishes.ts";

/** Milliseconds after the last fault. */
const longest = 90_000;
/** Milliseconds until a wish that nobody answered counts as not taken: the app's own page asks by itself. */
const untaken = 2500;
/** Milliseconds between two orders for the same transfer. */
const between = 2500;
/** How often a transfer that failed is begun again by hand. */
const mostRetries = 5;

/** All faults are over: alice does what a person does about what the list shows, until everything has ended. */
export async function settle(run: FaultRun): Promise<void> {
  const end = performance.now() + longest;
  const orders = new Map<Tracked, { at: number; count: number }>();
  while (performance.now() < end) {
    try {
      if (!(await run.stage.isSignedIn())) await run.stage.signIn();
      await look(run);
      const open = run.tracked.filter((one) => !hasEnded(one));
      if (open.every((one) => one.row?.state === "failed" && (orders.get(one)?.count ?? 0) >= mostRetries)) return;
      for (const one of open) {
        const order = orders.get(one) ?? { at: Number.NEGATIVE_INFINITY, count: 0 };
        if (one.asking || performance.now() - order.at < between) continue;
        if (!(await attend(run, one, order.count))) continue;
        orders.set(one, { at: performance.now(), count: order.count + 1 });
      }
    } catch (error) {
      note(run, "while everything was awaited", error);
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

function hasEnded({ row }: Tracked): boolean {
  return row?.state === "done" || row?.state === "cancelled";
}

/** @returns whether there was something to do */
async function attend(run: FaultRun, one: Tracked, count: number): Promise<boolean> {
  if (one.id === null) {
    if (one.askedAt !== null && performance.now() - one.askedAt < untaken) return false;
    if (count > 0) note(run, `${nameOf(one)} was asked for again`);
    if (one.wish.kind === "upload") await wishUploads(run, [one]);
    else await wishDownload(run, one);
    return true;
  }
  const { row } = one;
  if (row === null) return false;
  return await attendRow(run, one, row, count);
}

async function attendRow(run: FaultRun, one: Tracked, row: TransferView, count: number): Promise<boolean> {
  const which = { which: [row.id] };
  if (row.state === "paused") await run.stage.order("transfers.unpause", which);
  else if (row.state === "waiting" && row.waitsFor === "file") await provide(run, one);
  else if (row.state === "waiting") await run.stage.order("transfers.retry", which);
  else if (row.state === "failed" && count < mostRetries) {
    const ifExists = row.error?.code === "file-exists" ? { ifExists: "keep-both" } : {};
    if (row.error?.code !== "file-exists") note(run, `${nameOf(one)} failed: ${JSON.stringify(row.error)}`);
    await run.stage.order("transfers.retry", { ...which, ...ifExists });
  } else return false;
  return true;
}
