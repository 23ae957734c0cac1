import type { TransferView } from "../../src/messaging/view.ts";
import { type FaultRun, note } from "./fault-run.ts";
import { savedIsThere } from "./saved-files.ts";
import { claimRows, nameOf, type Tracked } from "./tracked.ts";

/** Looks at the list again and again until it is stopped; the browser may be down meanwhile. */
export function watchRun(run: FaultRun): { stop(): Promise<void> } {
  let stopped = false;
  const watching = (async () => {
    for (let round = 0; !stopped; round++) {
      if (run.stage.up) {
        // No answer while background or page are being killed.
        await look(run).catch(() => {});
        if (round % 8 === 0) await run.stage.noteSecrets().catch(() => {});
      }
      await new Promise((resolve) => setTimeout(resolve, 120));
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await watching;
    },
  };
}

/** Takes the present rows in, and looks from outside at what is said to be done for the first time. */
export async function look(run: FaultRun): Promise<TransferView[]> {
  const rows = await run.stage.rows();
  claimRows(run.tracked, rows);
  for (const one of run.tracked) {
    const row = rows.find(({ id }) => id === one.id);
    if (row === undefined) continue;
    one.row = row;
    if (row.state === "done" && !one.provedFromOutside) await proveFromOutside(run, one, row);
  }
  return rows;
}

async function proveFromOutside(run: FaultRun, one: Tracked, row: TransferView): Promise<void> {
  const { wish } = one;
  const there =
    wish.kind === "upload" ? await run.stage.outside.holds(row.path, wish.file) : await savedIsThere(run, wish);
  one.provedFromOutside = true;
  if (there) return;
  run.falselyDone.push(nameOf(one));
  note(run, `${nameOf(one)} was said to be done when it was not (as ${row.path})`);
}
