/**
 * The last requests of the extension: in memory, and in `storage.session` so that they outlive the background. Kept as a ring
 * of chunks, each a value of its own, since a request must not cost the writing of all the others.
 */
import type { ActivityEntry, ActivityService } from "../../shared/activity.ts";
import { log } from "../../shared/log.ts";
import { describeRequest, type RequestFacts } from "./describe-request.ts";
import { packChunk, unpackChunk } from "./pack-chunk.ts";
import type { EndEntry } from "./recorder.ts";

export interface ActivityLog {
  /** See `Recorder`; here with the time that went by in what is known. */
  begin(facts: RequestFacts, meant: ActivityService, more?: Partial<ActivityEntry>): EndEntry;
  /** Entries with a number above `after`, oldest first. `dropped`: how many are not kept any more. */
  list(after: number): Promise<{ entries: ActivityEntry[]; dropped: number; newest: number }>;
  clear(): Promise<void>;
}

export interface Area {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  remove(keys: string[]): Promise<void>;
}

export const chunkSize = 100;
export const chunkCount = 20;
/** Milliseconds that entries wait, so that the parts of an upload share a write. */
const pause = 250;

const keys = Array.from({ length: chunkCount }, (_, slot) => `activity/${slot}`);
const chunkOf = (n: number) => Math.floor(n / chunkSize);

const nothing = { profile: null, status: null, error: null, sent: null, received: null, requestId: null };
const unknown = { n: 0, at: 0, ms: 0, ...nothing };

/** The id that the service gave to a request; a store of another make may send anything under this name. */
function requestIdOf(id: string | null): string | null {
  return id !== null && /^[\w+/=-]{1,64}$/.test(id) ? id : null;
}

export function createActivityLog(area: Area): ActivityLog {
  let entries: ActivityEntry[] = [];
  /** Not numbered yet: the entries of the last life are read when there is something to write, not before. */
  let fresh: ActivityEntry[] = [];
  let loading: Promise<void> | null = null;
  let waiting = false;
  const dirty = new Set<number>();
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: clearing would else meet a write that is under way. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work);
    last = turn.catch((error) => log.warn("activity", error));
    return turn;
  }

  async function load(): Promise<void> {
    const chunks = await Promise.all(keys.map(area.get));
    entries = chunks.flatMap(unpackChunk).sort((a, b) => a.n - b.n);
  }

  const newest = () => entries.at(-1)?.n ?? 0;

  async function save(): Promise<void> {
    // What cannot be read is left: the list goes on from here.
    loading ??= load().catch((error) => log.warn("activity", error));
    await loading;
    for (const entry of fresh) {
      entry.n = newest() + 1;
      dirty.add(chunkOf(entry.n));
      entries.push(entry);
    }
    fresh = [];
    const oldest = (chunkOf(newest()) - chunkCount + 1) * chunkSize;
    entries = entries.filter(({ n }) => n >= oldest);
    for (const chunk of dirty) {
      const within = entries.filter(({ n }) => chunkOf(n) === chunk);
      // Before the write: what changes meanwhile is written again.
      dirty.delete(chunk);
      try {
        if (within.length > 0) await area.set(`activity/${chunk % chunkCount}`, packChunk(within));
      } catch (error) {
        dirty.add(chunk);
        throw error;
      }
    }
  }

  function later(): void {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      void inTurn(save);
    }, pause);
  }

  return {
    begin(facts, meant, more) {
      const about = { ...unknown, ...describeRequest(facts, meant), ...more };
      let entry: ActivityEntry | undefined;
      const add = (known: Partial<ActivityEntry>) => {
        entry = { ...about, ...known };
        entry.requestId = requestIdOf(entry.requestId);
        fresh.push(entry);
      };
      return (known) => {
        if (entry === undefined) {
          if ((known.host ?? about.host) !== about.host) add({});
          add(known);
        } else {
          Object.assign(entry, known);
          if (entry.n > 0) dirty.add(chunkOf(entry.n));
        }
        later();
      };
    },
    list: (after) =>
      inTurn(async () => {
        await save();
        const dropped = (entries[0]?.n ?? 1) - 1;
        return { entries: entries.filter(({ n }) => n > after), dropped, newest: newest() };
      }),
    clear: () =>
      inTurn(async () => {
        loading = Promise.resolve();
        entries = [];
        fresh = [];
        dirty.clear();
        await area.remove(keys);
      }),
  };
}
