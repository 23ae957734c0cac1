/** What the person orders: for one transfer, for several, or for all that it means something to. */
import { HoldallError } from "../../shared/holdall-error.ts";
import { toWireError } from "../../shared/result.ts";
import { hasEnded, needsFile } from "../machine.ts";
import { rerank } from "../queue/ranks.ts";
import { isStaged, type TransferRecord } from "../record.ts";
import type { Selection, Transfers } from "../transfers.ts";
import { applyAll, type Control, ownRecords } from "./control.ts";
import { modifiedAt } from "./new-record.ts";
import { select } from "./selection.ts";

type Orders = Pick<Transfers, "provide" | "cancel" | "pause" | "unpause" | "retry" | "dismiss" | "move">;

export function createOrders(control: Control): Orders {
  const { deps, ledger, runner, sources } = control;

  async function chosen(which: Selection): Promise<TransferRecord[]> {
    return select(await ownRecords(control), which);
  }

  function ids(records: TransferRecord[]): string[] {
    return records.map(({ id }) => id);
  }

  /** Begins again, or waits for the file when its bytes are not there any more. */
  async function begin(record: TransferRecord, ifExists: TransferRecord["ifExists"] | undefined): Promise<void> {
    const { id, name, error } = record;
    // Nobody knows which bytes of a source that changed are of which version.
    if (error?.code === "file-unreadable" && record.kind === "upload") await deps.journal.dropBytes(id);
    const begun = applyAll(ledger, [id], () => ({ type: "retried", ifExists }));
    const after = ledger.get(id);
    const lost = after !== undefined && !hasEnded(after) && !isStaged(after) && !sources.holds(id);
    const needed = toWireError(new HoldallError("file-needed", { subs: [name] }));
    // In the same turn: before it comes out of the queue.
    const waits = lost ? applyAll(ledger, [id], () => ({ type: "source-lost", error: needed })) : null;
    await Promise.all([begun, waits]);
  }

  return {
    provide: async (id, file) => {
      await control.checked();
      const [record] = await chosen([id]);
      if (record === undefined || !needsFile(record)) return;
      const date = modifiedAt(file);
      const another = record.modifiedAt !== null && date !== null && date !== record.modifiedAt;
      if (file.size !== record.size || another) throw new HoldallError("file-changed", { subs: [record.name] });
      await sources.again({ transferId: id, source: file }, () => compare(control, record));
      await applyAll(ledger, [id], () => ({ type: "provided" }));
      control.pump();
    },
    cancel: async (which) => {
      const records = (await chosen(which)).filter((record) => !hasEnded(record));
      for (const { id } of records) runner.stop(id);
      await applyAll(ledger, ids(records), () => ({ type: "cancelled" }));
    },
    pause: async (which) => {
      const records = (await chosen(which)).filter((record) => {
        return !hasEnded(record) && record.state !== "saving" && record.state !== "paused" && !needsFile(record);
      });
      for (const { id } of records) runner.stop(id);
      await applyAll(ledger, ids(records), () => ({ type: "paused" }));
    },
    unpause: async (which) => {
      const records = (await chosen(which)).filter(({ state }) => state === "paused" || state === "waiting");
      const paused = new Set(ids(records.filter(({ state }) => state === "paused")));
      await applyAll(ledger, ids(records), (id) => ({ type: paused.has(id) ? "unpaused" : "resumed" }));
      control.pump();
    },
    retry: async (which, ifExists) => {
      await control.checked();
      // Of all, those that the person has cancelled are not meant.
      const records = (await chosen(which)).filter(({ state }) => which !== "all" || state !== "cancelled");
      const waiting = records.filter(({ state }) => state === "waiting");
      const ended = records.filter(({ state }) => state === "failed" || state === "cancelled");
      await Promise.all([
        applyAll(ledger, ids(waiting), () => ({ type: "resumed" })),
        ...ended.map((record) => begin(record, ifExists)),
      ]);
      control.pump();
    },
    dismiss: async (which) => {
      const records = (await chosen(which)).filter(hasEnded);
      if (records.length > 0) await ledger.remove(ids(records));
    },
    move: async (moved, before) => {
      const mine = new Set(ids(await chosen(moved)));
      const queue = [...ledger.all()].filter((record) => !hasEnded(record));
      const own = moved.filter((id) => mine.has(id));
      const ranks = rerank(queue, own, before);
      await applyAll(ledger, [...ranks.keys()], (id) => ({ type: "moved", rank: ranks.get(id) ?? 0 }));
    },
  };
}

/**
 * Is the file that the host now holds the one that was copied and sent before? What lies in the journal is compared byte by
 * byte; of parts that were sent from the source itself, the checksums.
 * @throws HoldallError `file-changed`
 */
async function compare({ deps }: Control, record: TransferRecord): Promise<void> {
  const { id: transferId, name, size, staged, segmentSize, live } = record;
  const watch = { signal: new AbortController().signal };
  const bytes = { transferId, segmentSize };
  const copied = staged === 0 || (await deps.host.matches({ bytes: { ...bytes, live: false }, size: staged }, watch));
  const sent = !live || (await deps.host.matches({ bytes: { ...bytes, live: true }, size }, watch));
  if (!copied || !sent) throw new HoldallError("file-changed", { subs: [name] });
}
