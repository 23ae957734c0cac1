/** The records in memory, each change written to the journal before it counts. */
import type { WireError } from "../shared/result.ts";
import type { Journal } from "./journal.ts";
import { hasEnded, type TransferEvent, transition } from "./machine.ts";
import type { TransferRecord } from "./record.ts";
import { Stopped } from "./run.ts";

/** How a transfer ended. */
export interface Outcome {
  state: "done" | "failed" | "cancelled";
  path: string;
  error: WireError | null;
}

export interface Ledger {
  /** Reads the journal once; a failed read is tried again at the next call. @throws HoldallError `journal-damaged` */
  load(): Promise<void>;
  /** Oldest first. */
  all(): TransferRecord[];
  get(id: string): TransferRecord | undefined;
  add(record: TransferRecord, bytes: Blob | null): Promise<void>;
  /** Resolves once the journal has it. Rejects with Stopped when the event means nothing in the present state. */
  apply(id: string, event: TransferEvent): Promise<void>;
  remove(ids: string[]): Promise<void>;
  settled(id: string): Promise<Outcome | null>;
}

/** @param changed after each change of a record */
export function createLedger(journal: Journal, changed: () => void): Ledger {
  const records = new Map<string, TransferRecord>();
  const waiting = new Map<string, ((outcome: Outcome | null) => void)[]>();
  let loading: Promise<void> | null = null;

  async function load(): Promise<void> {
    const found = await journal.list();
    for (const record of found) records.set(record.id, transition(record, { type: "recovered" }));
    changed();
  }

  function settle(id: string): void {
    const outcome = outcomeOf(records.get(id));
    if (outcome === undefined) return;
    for (const resolve of waiting.get(id) ?? []) resolve(outcome);
    waiting.delete(id);
  }

  async function write(record: TransferRecord): Promise<void> {
    // A failed upload keeps its bytes: the person may retry it.
    if (record.state === "done" || record.state === "cancelled") await journal.end(record);
    else await journal.update(record);
  }

  return {
    load: () => {
      loading ??= load().catch((error: unknown) => {
        loading = null;
        throw error;
      });
      return loading;
    },
    all: () => [...records.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    get: (id) => records.get(id),
    add: async (record, bytes) => {
      await journal.add(record, bytes);
      records.set(record.id, record);
      changed();
    },
    apply: async (id, event) => {
      const before = records.get(id);
      const after = before && transition(before, event);
      if (after === undefined || after === before) throw new Stopped(event.type);
      // In memory at once, so that of two events only one is legal; whoever goes on to the network awaits the journal.
      records.set(id, after);
      changed();
      try {
        await write(after);
      } finally {
        settle(id);
      }
    },
    remove: async (ids) => {
      await journal.remove(ids);
      for (const id of ids) {
        records.delete(id);
        settle(id);
      }
      changed();
    },
    settled: (id) => {
      const outcome = outcomeOf(records.get(id));
      if (outcome !== undefined) return Promise.resolve(outcome);
      return new Promise((resolve) => waiting.set(id, [...(waiting.get(id) ?? []), resolve]));
    },
  };
}

/** null: no such record; undefined: not ended. */
function outcomeOf(record: TransferRecord | undefined): Outcome | null | undefined {
  if (record === undefined) return null;
  const { state, path, error } = record;
  if (!hasEnded(record) || (state !== "done" && state !== "failed" && state !== "cancelled")) return undefined;
  return { state, path, error };
}
