/** The records in memory, and each change in the journal before it counts. */
import { HoldallError } from "../shared/holdall-error.ts";
import { once } from "../shared/once.ts";
import { toWireError, type WireError } from "../shared/result.ts";
import type { CaptureJournal } from "./journal/capture-journal.ts";
import { type CaptureEvent, transition } from "./machine.ts";
import type { CaptureRecord } from "./record.ts";

export interface CaptureLedger {
  /** Reads the journal once; a failed read is tried again at the next call. @throws HoldallError `journal-damaged` */
  load(): Promise<void>;
  /** Oldest first. */
  all(): CaptureRecord[];
  get(id: string): CaptureRecord | undefined;
  add(record: CaptureRecord): Promise<void>;
  /**
   * Resolves to the record once it is on disk. @param bytes go with it (`kept`), or are not needed any more (null)
   * @throws HoldallError `cancelled` when the event means nothing any more: the capture was thrown away meanwhile
   */
  apply(id: string, event: CaptureEvent, bytes?: Blob | null): Promise<CaptureRecord>;
  remove(ids: string[]): Promise<void>;
  /** Why the journal could not be read or written the last time; null when it could. */
  problem(): WireError | null;
}

/** @param changed called after each change in memory */
export function createCaptureLedger(journal: CaptureJournal, changed: () => void): CaptureLedger {
  const records = new Map<string, CaptureRecord>();
  let problem: WireError | null = null;

  async function tracked<T>(work: Promise<T>): Promise<T> {
    try {
      const result = await work;
      problem = null;
      return result;
    } catch (error) {
      problem = toWireError(error);
      changed();
      throw error;
    }
  }

  const load = once(async () => {
    for (const record of await tracked(journal.list())) records.set(record.id, record);
    changed();
  });

  return {
    load,
    all: () => [...records.values()],
    get: (id) => records.get(id),
    add: async (record) => {
      await tracked(journal.put(record));
      records.set(record.id, record);
      changed();
    },
    apply: async (id, event, bytes) => {
      const before = records.get(id);
      const after = before && transition(before, event);
      if (after === undefined || after === before) throw new HoldallError("cancelled");
      // In memory at once, so that of two events only one is legal.
      records.set(id, after);
      changed();
      if (bytes === null) await tracked(journal.release(after));
      else if (bytes !== undefined) await tracked(journal.keep(after, bytes));
      else await tracked(journal.put(after));
      // Thrown away while it was written: nothing of it may stay.
      if (!records.has(id)) await journal.remove([id]);
      return after;
    },
    remove: async (ids) => {
      for (const id of ids) records.delete(id);
      changed();
      if (ids.length > 0) await tracked(journal.remove(ids));
    },
    problem: () => problem,
  };
}
