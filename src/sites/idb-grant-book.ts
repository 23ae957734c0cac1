/** The grant book in IndexedDB, which no content script reaches. */
import type { DBSchema } from "idb";
import type { LedgerRow, SiteDay } from "../messaging/sites-view.ts";
import { createDatabase, type Ladder } from "../platform/database.ts";
import { log } from "../shared/log.ts";
import type { SiteGrant } from "../shared/site/site-grant.ts";
import { createUlid } from "../shared/ulid.ts";
import { dayOf } from "./day-of.ts";
import type { GrantBook, LedgerEntry, NoUndo, SiteOwner } from "./grant-book.ts";

type Key = [profile: string, identity: string, origin: string];

interface GrantRow {
  key: Key;
  profile: string;
  grant: SiteGrant;
}

interface UseRow {
  key: Key;
  days: SiteDay[];
  lastAccess: number;
}

type EntryKey = [profile: string, identity: string, id: string];

interface EntryRow {
  /** With a ULID, so that keys are in the order of time. */
  key: EntryKey;
  profile: string;
  entry: LedgerEntry;
  undone: boolean;
  /** For what is kept: the site's, what kind it is, and how much it takes. */
  place: [...Key, kind: RowKind, weight: number];
}

/** Each is kept apart: a site must not push out what can be undone by asking a lot, nor what it did by what it may not do. */
type RowKind = "undoable" | "trace" | "refused";

interface Schema extends DBSchema {
  grants: { key: Key; value: GrantRow };
  use: { key: Key; value: UseRow };
  ledger: { key: EntryKey; value: EntryRow; indexes: { place: EntryRow["place"] } };
}

const daysKept = 31;
/** Of one site. */
export interface LedgerRoom {
  rows: Record<RowKind, number>;
  /** The length of the earlier values, as JSON, that its writes can be undone with. */
  values: number;
  /** Rows after which it is looked at what is too much. */
  slack: number;
}

const usualRoom: LedgerRoom = { rows: { undoable: 2000, trace: 2000, refused: 500 }, values: 20_000_000, slack: 200 };

const noDay = {
  ...{ requests: 0, written: 0, read: 0, s3Writes: 0, s3Reads: 0 },
  ...{ itemWriteUnits: 0, itemReadUnits: 0, refused: 0 },
};

const ladder: Ladder<Schema> = [
  (db) => {
    for (const store of ["grants", "use", "ledger"] as const) db.createObjectStore(store, { keyPath: "key" });
  },
  async (_, tx) => {
    const ledger = tx.objectStore("ledger");
    ledger.createIndex("place", "place");
    for (let row = await ledger.openCursor(); row !== null; row = await row.continue()) {
      await row.update(placed(row.value));
    }
  },
];

export function createGrantBook(name = "sites", { rows: rowsKept, values: valuesKept, slack } = usualRoom): GrantBook {
  const nextId = createUlid({ now: Date.now, random: (bytes) => crypto.getRandomValues(bytes) });
  const { use: ask } = createDatabase<Schema>(name, ladder);

  const keyOf = ({ profile, identity }: SiteOwner, origin: string): Key => [profile, identity, origin];
  const range = ({ profile, identity }: SiteOwner, before: string | null = null) =>
    IDBKeyRange.bound([profile, identity], [profile, identity, before ?? []], false, true);

  const allOf = (profile: string) => IDBKeyRange.bound([profile], [profile, []], false, true);

  /** By site: rows that were written since its rows were last counted. In each life of the background the first one counts. */
  const written = new Map<string, number>();

  let pruning: Promise<void> = Promise.resolve();
  async function prune(owner: SiteOwner, origin: string, more: number): Promise<void> {
    const key = keyOf(owner, origin);
    const many = (written.get(key.join("\n")) ?? slack) + more;
    written.set(key.join("\n"), many < slack ? many : 0);
    if (many < slack) return;
    await ask(async (db) => {
      const change = db.transaction("ledger", "readwrite");
      for (const kind of Object.keys(rowsKept) as RowKind[]) {
        const rows: { key: EntryKey; weight: number }[] = [];
        const all = IDBKeyRange.bound([...key, kind], [...key, kind, []]);
        let place = await change.store.index("place").openKeyCursor(all);
        while (place !== null) {
          rows.push({ key: place.primaryKey, weight: place.key[4] });
          place = await place.continue();
        }
        rows.sort((a, b) => (a.key[2] < b.key[2] ? 1 : -1));
        for (const row of rows.splice(rowsKept[kind])) void change.store.delete(row.key);
        let values = 0;
        for (const row of rows) {
          values += row.weight;
          if (values <= valuesKept) continue;
          const old = await change.store.get(row.key);
          if (old !== undefined) void change.store.put(without(old, "too-old"));
        }
      }
      await change.done;
    });
  }

  return {
    grant: (owner, origin) => ask(async (db) => (await db.get("grants", keyOf(owner, origin)))?.grant ?? null),
    grants: (owner) => ask(async (db) => (await db.getAll("grants", range(owner))).map(({ grant }) => grant)),
    putGrant: (owner, grant) =>
      ask(async (db) => {
        await db.put("grants", { key: keyOf(owner, grant.origin), profile: owner.profile, grant });
      }),
    removeGrant: (owner, origin) => ask((db) => db.delete("grants", keyOf(owner, origin))),
    origins: () =>
      ask(async (db) => [...new Set((await db.getAllKeys("grants")).map(([, , origin]) => origin))].toSorted()),

    addUse: (owner, origin, at, use) =>
      ask(async (db) => {
        const day = dayOf(at);
        const change = db.transaction("use", "readwrite");
        const row = (await change.store.get(keyOf(owner, origin))) ?? { days: [], lastAccess: 0 };
        const present = row.days.find((one) => one.day === day) ?? { day, ...noDay };
        const next = { ...present };
        for (const [what, many] of Object.entries(use) as [keyof typeof noDay, number][]) next[what] += many;
        const others = row.days.filter((one) => one.day !== day);
        const days = [next, ...others].toSorted((a, b) => (a.day < b.day ? 1 : -1)).slice(0, daysKept);
        await change.store.put({ key: keyOf(owner, origin), days, lastAccess: Math.max(row.lastAccess, at) });
        await change.done;
      }),
    use: (owner, origin) => ask(async (db) => (await db.get("use", keyOf(owner, origin)))?.days ?? []),
    lastAccess: (owner, origin) => ask(async (db) => (await db.get("use", keyOf(owner, origin)))?.lastAccess ?? null),

    async note(owner, entries) {
      const { profile, identity } = owner;
      await ask(async (db) => {
        const change = db.transaction("ledger", "readwrite");
        for (const entry of entries) {
          void change.store.put(placed({ key: [profile, identity, nextId()], profile, entry, undone: false }));
        }
        await change.done;
      });
      for (const one of new Set(entries.map(({ origin }) => origin))) {
        const many = entries.filter(({ origin }) => origin === one).length;
        // Nobody's write waits for it.
        pruning = pruning.then(() => prune(owner, one, many)).catch((error) => log.warn("sites", error));
      }
    },
    ledger: async (owner, { origin, cursor, limit }) => {
      await pruning;
      return await ask(async (db) => {
        const rows: LedgerRow[] = [];
        let place = await db.transaction("ledger").store.openCursor(range(owner, cursor ?? null), "prev");
        while (place !== null && rows.length < limit) {
          const { key, entry, undone } = place.value;
          if (origin === null || entry.origin === origin) rows.push(rowOf(key[2], entry, undone));
          place = await place.continue();
        }
        return { rows, cursor: place === null ? null : (rows.at(-1)?.id ?? null) };
      });
    },
    entry: ({ profile, identity }, id) =>
      ask(async (db) => (await db.get("ledger", [profile, identity, id]))?.entry ?? null),
    undone: ({ profile, identity }, id) =>
      ask(async (db) => {
        const row = await db.get("ledger", [profile, identity, id]);
        if (row !== undefined) await db.put("ledger", { ...row, undone: true });
      }),
    notUndoable: ({ profile, identity }, id, reason) =>
      ask(async (db) => {
        const row = await db.get("ledger", [profile, identity, id]);
        if (row !== undefined) await db.put("ledger", without(row, reason));
      }),
    forgetValues: (owner, origin) =>
      ask(async (db) => {
        const change = db.transaction("ledger", "readwrite");
        const key = keyOf(owner, origin);
        const all = IDBKeyRange.bound([...key, "undoable"], [...key, "undoable", []]);
        // Changed rows leave the range, which a cursor would not bear.
        for (const row of await change.store.index("place").getAll(all)) {
          const { method, area } = row.entry;
          const own = method.startsWith("items.") ? !area.ownItems : area.folder === null;
          if (own) void change.store.put(without(row, "deleted"));
        }
        await change.done;
      }),
    forgetTraces: (profile) =>
      ask(async (db) => {
        await db.delete("ledger", allOf(profile));
      }),
    forgetProfile: (profile) =>
      ask(async (db) => {
        const change = db.transaction(["grants", "use", "ledger"], "readwrite");
        for (const store of ["grants", "use", "ledger"] as const) {
          void change.objectStore(store).delete(allOf(profile));
        }
        await change.done;
      }),
  };
}

function placed(row: Omit<EntryRow, "place">): EntryRow {
  const [profile, identity] = row.key;
  const { before, origin, outcome } = row.entry;
  const kind = before.kind !== "none" ? "undoable" : outcome === "refused" ? "refused" : "trace";
  const weight = before.kind === "item" ? JSON.stringify(before.attributes).length : 0;
  return { ...row, place: [profile, identity, origin, kind, weight] };
}

/** The row without what it could be undone with. */
function without(row: EntryRow, reason: NoUndo): EntryRow {
  return placed({ ...row, entry: { ...row.entry, before: { kind: "none", reason } } });
}

function rowOf(id: string, { before, area: _, ...entry }: LedgerEntry, undone: boolean): LedgerRow {
  const undo = undone ? "undone" : before.kind === "none" ? before.reason : "possible";
  return { ...entry, id, undo };
}
