/** The records in memory, and each change in the journal before it counts. */
import { once } from "../../shared/once.ts";
import type { WireError } from "../../shared/result.ts";
import { toWireError } from "../../shared/result.ts";
import { hasEnded, type TransferEvent, transition } from "../machine.ts";
import type { ArchiveEntry, TransferRecord } from "../record.ts";
import { Stopped } from "../run.ts";
import { createGroupCommit } from "./group-commit.ts";
import type { Journal } from "./journal.ts";

/** How a transfer ended. */
export interface Outcome {
  state: "done" | "failed" | "cancelled";
  path: string;
  error: WireError | null;
}

/** Told of each change in memory: `before` is undefined for a new record, `after` for one that was removed. */
export type Listener = (before: TransferRecord | undefined, after: TransferRecord | undefined) => void;

export interface Ledger {
  /** Reads the journal once; a failed read is tried again at the next call. @throws HoldallError `journal-damaged` */
  load(): Promise<void>;
  /** Oldest first; not a copy, so it costs nothing. */
  all(): Iterable<TransferRecord>;
  get(id: string): TransferRecord | undefined;
  /** Resolves once they are on disk; before, nobody sees them. One of a known id takes the place of the old. */
  add(records: TransferRecord[], entries?: ArchiveEntry[]): Promise<void>;
  /**
   * Changes memory at once, and resolves when a transaction that contains the change has been committed. One transaction at a
   * time carries what has changed since the one before. Rejects with Stopped when the event means nothing in the present state.
   */
  apply(id: string, event: TransferEvent): Promise<void>;
  remove(ids: string[]): Promise<void>;
  settled(id: string): Promise<Outcome | null>;
  /** Listeners are called in the order in which they came. */
  listen(listener: Listener): void;
  /** Calls `look` after each change of one transfer, until `unwatch`. */
  watch(id: string, look: () => void): void;
  unwatch(id: string, look: () => void): void;
  /** Why the journal could not be read or written the last time; null when it could. */
  problem(): WireError | null;
}

/**
 * @param now milliseconds since the epoch
 * @param troubled called when the journal fails, and when it works again
 */
export function createLedger(journal: Journal, now: () => number, troubled: () => void = () => {}): Ledger {
  const records = new Map<string, TransferRecord>();
  const waiting = new Map<string, ((outcome: Outcome | null) => void)[]>();
  const listeners: Listener[] = [];
  const watchers = new Map<string, Set<() => void>>();
  let problem: WireError | null = null;

  async function tracked<T>(work: Promise<T>): Promise<T> {
    try {
      const result = await work;
      note(null);
      return result;
    } catch (error) {
      note(toWireError(error));
      throw error;
    }
  }

  function note(found: WireError | null): void {
    const news = found?.code !== problem?.code;
    problem = found;
    if (news) troubled();
  }

  const commit = createGroupCommit(async (ids) => {
    const changed = ids.flatMap((id) => records.get(id) ?? []);
    // A failed upload keeps its bytes: the person may retry it.
    const over = changed.filter(({ state }) => state === "done" || state === "cancelled");
    const others = changed.filter(({ state }) => state !== "done" && state !== "cancelled");
    await tracked(both(others.length > 0 && journal.update(others), over.length > 0 && journal.end(over)));
  });

  function set(id: string, after: TransferRecord | undefined): void {
    const before = records.get(id);
    if (after === undefined) records.delete(id);
    else records.set(id, after);
    for (const listener of listeners) listener(before, after);
    for (const look of [...(watchers.get(id) ?? [])]) look();
  }

  const load = once(async () => {
    const found = await tracked(journal.list());
    for (const record of found) set(record.id, transition(record, { type: "recovered" }));
  });

  function settle(id: string): void {
    const outcome = outcomeOf(records.get(id));
    if (outcome === undefined) return;
    for (const resolve of waiting.get(id) ?? []) resolve(outcome);
    waiting.delete(id);
  }

  return {
    load,
    all: () => records.values(),
    get: (id) => records.get(id),
    add: async (added, entries) => {
      await tracked(journal.add(added, entries));
      for (const record of added) set(record.id, record);
    },
    apply: async (id, event) => {
      const before = records.get(id);
      const after = before && transition(before, event);
      if (after === undefined || after === before) throw new Stopped(event.type);
      // In memory at once, so that of two events only one is legal; whoever goes on to the network awaits the journal.
      set(id, hasEnded(after) && after.ended === null ? { ...after, ended: now() } : after);
      try {
        await commit.include(id);
      } finally {
        settle(id);
      }
    },
    remove: async (ids) => {
      for (const id of ids) set(id, undefined);
      // What is on its way to the disk must not come after.
      await commit.idle();
      await tracked(journal.remove(ids));
      for (const id of ids) settle(id);
    },
    settled: (id) => {
      const outcome = outcomeOf(records.get(id));
      if (outcome !== undefined) return Promise.resolve(outcome);
      return new Promise((resolve) => waiting.set(id, [...(waiting.get(id) ?? []), resolve]));
    },
    listen: (listener) => void listeners.push(listener),
    watch: (id, look) => void watchers.set(id, (watchers.get(id) ?? new Set()).add(look)),
    unwatch: (id, look) => {
      const left = watchers.get(id);
      left?.delete(look);
      if (left?.size === 0) watchers.delete(id);
    },
    problem: () => problem,
  };
}

/** Waits for both, whatever becomes of the other. */
async function both(...writes: (Promise<void> | false)[]): Promise<void> {
  for (const result of await Promise.allSettled(writes)) if (result.status === "rejected") throw result.reason;
}

/** null: no such record; undefined: not ended. */
function outcomeOf(record: TransferRecord | undefined): Outcome | null | undefined {
  if (record === undefined) return null;
  const { state, path, error } = record;
  if (state !== "done" && state !== "failed" && state !== "cancelled") return undefined;
  return { state, path, error };
}
