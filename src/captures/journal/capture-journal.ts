/** What is not complete: captures on their way with their bytes, and chores that were begun. All of it outlives the browser. */
import type { DBSchema } from "idb";
import type { CaptureSettings } from "../../messaging/captures-view.ts";
import { createDatabase, type Ladder, type Upgrade } from "../../platform/database.ts";
import type { Chore } from "../chore.ts";
import type { CaptureRecord } from "../record.ts";
import { isRecord, migrateRecord } from "./migrate-record.ts";

interface Schema extends DBSchema {
  intents: { key: string; value: unknown };
  /** By the capture's id. */
  bytes: { key: string; value: Blob };
  chores: { key: string; value: Chore };
  /** By profile: who was signed in last. */
  people: { key: string; value: string };
  /** By profile. */
  settings: { key: string; value: CaptureSettings };
  counters: { key: string; value: number };
}

/** All calls reject with `journal-full` or `journal-damaged`. */
export interface CaptureJournal {
  /** Oldest first. Damaged records are left out. */
  list(): Promise<CaptureRecord[]>;
  put(record: CaptureRecord): Promise<void>;
  /** Record and bytes, both or neither. */
  keep(record: CaptureRecord, bytes: Blob): Promise<void>;
  /** The record, and its bytes away: the transfers have them. */
  release(record: CaptureRecord): Promise<void>;
  bytes(id: string): Promise<Blob | null>;
  remove(ids: string[]): Promise<void>;
  chores(): Promise<Chore[]>;
  putChore(chore: Chore): Promise<void>;
  removeChore(key: string): Promise<void>;
  lastPerson(profile: string): Promise<string | null>;
  setLastPerson(profile: string, identity: string): Promise<void>;
  settings(profile: string): Promise<CaptureSettings | null>;
  setSettings(profile: string, settings: CaptureSettings): Promise<void>;
  /** The next number of this profile, from 1. */
  count(profile: string): Promise<number>;
  /** What belongs to the profile itself. */
  forgetProfile(profile: string): Promise<void>;
}

const ladder: Ladder<Schema> = [
  (db) => void db.createObjectStore("intents", { keyPath: "id" }),
  async (db, transaction) => {
    for (const store of ["bytes", "people", "settings", "counters"] as const) db.createObjectStore(store);
    db.createObjectStore("chores", { keyPath: "key" });
    await migrate(transaction);
  },
];

async function migrate(transaction: Upgrade<Schema>): Promise<void> {
  for (let cursor = await transaction.objectStore("intents").openCursor(); cursor !== null; ) {
    const record = migrateRecord(cursor.value);
    if (record === null) await cursor.delete();
    else await cursor.update(record);
    cursor = await cursor.continue();
  }
}

/** Opens nothing until it is used. @param name of the database */
export function createCaptureJournal(name = "holdall-captures"): CaptureJournal {
  const { use } = createDatabase<Schema>(name, ladder);

  return {
    list: () => use(async (db) => (await db.getAll("intents")).filter(isRecord)),
    put: (record) => use(async (db) => void (await db.put("intents", record))),
    keep: (record, bytes) =>
      use(async (db) => {
        const transaction = db.transaction(["intents", "bytes"], "readwrite");
        await Promise.all([
          transaction.objectStore("intents").put(record),
          transaction.objectStore("bytes").put(bytes, record.id),
          transaction.done,
        ]);
      }),
    release: (record) =>
      use(async (db) => {
        const transaction = db.transaction(["intents", "bytes"], "readwrite");
        await Promise.all([
          transaction.objectStore("intents").put(record),
          transaction.objectStore("bytes").delete(record.id),
          transaction.done,
        ]);
      }),
    bytes: (id) => use(async (db) => (await db.get("bytes", id)) ?? null),
    remove: (ids) =>
      use(async (db) => {
        const transaction = db.transaction(["intents", "bytes"], "readwrite");
        await Promise.all([
          ...ids.flatMap((id) => [
            transaction.objectStore("intents").delete(id),
            transaction.objectStore("bytes").delete(id),
          ]),
          transaction.done,
        ]);
      }),
    chores: () => use((db) => db.getAll("chores")),
    putChore: (chore) => use(async (db) => void (await db.put("chores", chore))),
    removeChore: (key) => use((db) => db.delete("chores", key)),
    lastPerson: (profile) => use(async (db) => (await db.get("people", profile)) ?? null),
    setLastPerson: (profile, identity) => use(async (db) => void (await db.put("people", identity, profile))),
    settings: (profile) => use(async (db) => (await db.get("settings", profile)) ?? null),
    setSettings: (profile, settings) => use(async (db) => void (await db.put("settings", settings, profile))),
    count: (profile) =>
      use(async (db) => {
        const transaction = db.transaction("counters", "readwrite");
        const next = ((await transaction.store.get(profile)) ?? 0) + 1;
        await Promise.all([transaction.store.put(next, profile), transaction.done]);
        return next;
      }),
    forgetProfile: (profile) =>
      use(async (db) => {
        const stores = ["people", "settings", "counters"] as const;
        const transaction = db.transaction(stores, "readwrite");
        await Promise.all([...stores.map((name) => transaction.objectStore(name).delete(profile)), transaction.done]);
      }),
  };
}
