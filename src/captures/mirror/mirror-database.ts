/** One database for each owner: nothing in it can be found as another, and a sign-out takes it away as a whole. */
import { type DBSchema, deleteDB, type IDBPDatabase, type IDBPTransaction } from "idb";
import { createDatabase, databaseError, type Ladder } from "../../platform/database.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import type { CountedName, MirrorRow } from "./mirror-row.ts";
import type { SyncState } from "./sync-state.ts";
import type { TextBlock } from "./text-blocks.ts";
import type { StoredThumbnail } from "./thumbnail-store.ts";

export interface MirrorSchema extends DBSchema {
  rows: { key: string; value: MirrorRow; indexes: { id: string; labels: string } };
  /** See text-blocks.ts. */
  texts: { key: number; value: TextBlock };
  /** How many rows have a label, by its value; `total` under "". */
  counts: { key: CountedName | "total"; value: Map<string, number> };
  state: { key: "sync"; value: SyncState };
  thumbnails: { key: string; value: StoredThumbnail; indexes: { at: number } };
}

type StoreName = "rows" | "texts" | "counts" | "state" | "thumbnails";
export type MirrorChange = IDBPTransaction<MirrorSchema, StoreName[], "readwrite">;

/** All calls reject with `journal-full` or `journal-damaged`; with `cancelled` once it was destroyed. */
export interface MirrorDatabase {
  read<T>(work: (db: IDBPDatabase<MirrorSchema>) => Promise<T>): Promise<T>;
  /** In one transaction over everything: nothing of it is left when a part fails. `work` may only wait for the transaction. */
  change<T>(work: (tx: MirrorChange) => Promise<T>): Promise<T>;
  /** Removes it for good; whoever still works with it fails. */
  destroy(): Promise<void>;
}

const ladder: Ladder<MirrorSchema> = [
  (db) => {
    const rows = db.createObjectStore("rows", { keyPath: "rank" });
    rows.createIndex("id", "row.id", { unique: true });
    rows.createIndex("labels", "labels", { multiEntry: true });
    db.createObjectStore("texts");
    db.createObjectStore("counts");
    db.createObjectStore("state");
    db.createObjectStore("thumbnails", { keyPath: "id" }).createIndex("at", "at");
  },
];

const stores: StoreName[] = ["rows", "texts", "counts", "state", "thumbnails"];

/** Opens nothing until it is used. */
export function openMirrorDatabase(name: string): MirrorDatabase {
  const database = createDatabase<MirrorSchema>(name, ladder);
  let destroyed = false;

  async function read<T>(work: (db: IDBPDatabase<MirrorSchema>) => Promise<T>): Promise<T> {
    if (destroyed) throw new HoldallError("cancelled");
    try {
      return await database.use(work);
    } catch (cause) {
      throw destroyed ? new HoldallError("cancelled", {}, { cause }) : cause;
    }
  }

  return {
    read,
    change: (work) =>
      read(async (db) => {
        // What is lost with the machine's power is read again.
        const tx = db.transaction(stores, "readwrite", { durability: "relaxed" });
        const done = tx.done.catch((error: unknown) => error);
        try {
          const result = await work(tx);
          await tx.done;
          return result;
        } catch (error) {
          abort(tx);
          await done;
          throw error;
        }
      }),
    async destroy() {
      destroyed = true;
      await database.close();
      await deleteMirrorDatabase(name);
    },
  };
}

/** @throws HoldallError `journal-damaged` */
export async function deleteMirrorDatabase(name: string): Promise<void> {
  await deleteDB(name).catch((cause: unknown) => {
    throw databaseError(cause);
  });
}

/** Names of databases that begin so. @throws HoldallError `journal-damaged` */
export async function mirrorDatabases(prefix: string): Promise<string[]> {
  const databases = await indexedDB.databases().catch((cause: unknown) => {
    throw databaseError(cause);
  });
  return databases.map(({ name = "" }) => name).filter((name) => name.startsWith(prefix));
}

function abort(tx: MirrorChange): void {
  try {
    tx.abort();
  } catch {
    // It has ended by itself.
  }
}
