/** Reads the table into the mirror. One reading at a time: the caller sees to it. */
import type { CaptureRow } from "../../messaging/captures-view.ts";
import type { ItemRow } from "../../messaging/view.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { encodeTime, isUlid, timeOfUlid } from "../../shared/ulid.ts";
import type { CaptureOwner } from "../captures.ts";
import { captureKeyPrefix, captureSortKey, readIndexItem } from "../index-item.ts";
import { applyPage, type Span, type Touched } from "./apply-page.ts";
import type { MirrorDeps } from "./mirror.ts";
import type { MirrorDatabase } from "./mirror-database.ts";
import { nothingRead, type SyncState, type Walk, walkBegins } from "./sync-state.ts";

/** A page holds fewer when 1 MB is reached first. */
const pageSize = 1000;
/** Captures of other devices may arrive later than newer ones: an upload waits as long as there is no network. Milliseconds. */
const overlap = 24 * 60 * 60 * 1000;

export interface MirrorSync {
  /** Everything the first time, going on where it was interrupted; later what came after the newest. */
  sync(): Promise<void>;
  refresh(): Promise<void>;
  /** To be called at once when a row is put or dropped here, before the database knows. */
  touch(id: string, how: "put" | "dropped"): void;
}

export function createSync(owner: CaptureOwner, database: MirrorDatabase, deps: MirrorDeps): MirrorSync {
  let touched = new Map<string, "put" | "dropped">();

  async function readState(): Promise<SyncState> {
    return (await database.read((db) => db.get("state", "sync"))) ?? nothingRead;
  }

  function query(input: { after?: string; cursor: string | null; descending: boolean }) {
    // Reads are consistent: what was written before this moment is in the answer.
    touched = new Map();
    return deps.query(owner, { prefix: captureKeyPrefix, limit: pageSize, ...input });
  }

  /** @param span null when the page tells of no ids */
  function apply(items: ItemRow[], span: Span | null, state: SyncState): Promise<void> {
    const rows = items.map(readIndexItem).filter((row): row is CaptureRow => row !== null);
    const known: Touched = touched;
    return database.change(async (tx) => {
      if (span !== null) await applyPage(tx, { rows, span, touched: known });
      await tx.objectStore("state").put(state, "sync");
    });
  }

  /** From the newest to the oldest. The mirror's rows of every page are made what the page says, so that no marks are needed. */
  async function readAll(begin: SyncState, from: Walk): Promise<void> {
    let walk = from;
    for (;;) {
      const { items, cursor } = await query({ cursor: walk.cursor, descending: true });
      const last = items.at(-1);
      const end = cursor === null ? null : last === undefined ? undefined : idOf(last);
      const span = end === undefined ? null : { above: null, from: end, below: walk.below, to: null };
      const newest = walk.newest ?? items.map(idOf).find(isUlid) ?? null;
      if (cursor === null) return await apply(items, span, { newest, filled: true, walk: null });
      walk = { cursor, below: end ?? walk.below, newest };
      await apply(items, span, { ...begin, walk });
    }
  }

  async function goOn(state: SyncState, walk: Walk): Promise<void> {
    try {
      await readAll(state, walk);
    } catch (error) {
      // A place that another version kept.
      if (!(error instanceof HoldallError && error.code === "message-invalid")) throw error;
      await readAll(state, walkBegins);
    }
  }

  async function readNewer(begin: SyncState): Promise<void> {
    let state = begin;
    let above = state.newest === null ? null : encodeTime(laterThan(state.newest));
    const after = above === null ? {} : { after: captureSortKey(above) };
    for (let cursor: string | null = null; ; ) {
      const page = await query({ ...after, cursor, descending: false });
      const last = page.items.at(-1);
      const end = page.cursor === null ? null : last === undefined ? undefined : idOf(last);
      const span = end === undefined ? null : { above, from: null, below: null, to: end };
      state = { ...state, newest: page.items.map(idOf).findLast(isUlid) ?? state.newest };
      await apply(page.items, span, state);
      if (page.cursor === null) return;
      above = end ?? above;
      cursor = page.cursor;
    }
  }

  /** A device whose clock is ahead must not hide what comes until then. */
  function laterThan(newest: string): number {
    return Math.max(0, Math.min(timeOfUlid(newest), deps.now()) - overlap);
  }

  return {
    async sync() {
      const state = await readState();
      if (state.walk === null && !state.filled) return await readAll(state, walkBegins);
      if (state.walk !== null) await goOn(state, state.walk);
      await readNewer(await readState());
    },
    async refresh() {
      await readAll(await readState(), walkBegins);
    },
    touch: (id, how) => void touched.set(id, how),
  };
}

function idOf({ sortKey }: ItemRow): string {
  return sortKey.slice(captureKeyPrefix.length);
}
