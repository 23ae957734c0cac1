/** The stores of the journal, and the way from every released version to the present one. See the table in journal.ts. */
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from "idb";
import type { Ladder, Upgrade } from "../../platform/database.ts";
import type { Digest } from "../host/host-link.ts";
import type { ArchiveEntry, TransferRecord } from "../record.ts";
import type { KnownBytes, KnownUpload } from "./journal.ts";
import { fromFirstVersion } from "./migrate-record.ts";

export interface Schema extends DBSchema {
  records: { key: string; value: TransferRecord };
  segments: { key: [string, number]; value: Blob | ArrayBuffer };
  parts: { key: [string, number]; value: Digest };
  entries: { key: string; value: ArchiveEntry[] };
  uploads: { key: string; value: KnownUpload };
  known: { key: [string, string, string]; value: KnownBytes };
}

export type Stores = StoreNames<Schema>[];

export const ladder: Ladder<Schema> = [
  (db) => {
    db.createObjectStore("records", { keyPath: "id" });
    old(db).createObjectStore("blobs");
  },
  async (db, tx) => {
    for (const store of ["segments", "parts", "entries", "known"] as const) db.createObjectStore(store);
    db.createObjectStore("uploads", { keyPath: "uploadId" });
    await moveBytes(tx);
    old(db).deleteObjectStore("blobs");
  },
];

/** The first version kept the bytes of each upload as one Blob: it becomes the only segment. */
async function moveBytes(tx: Upgrade<Schema>): Promise<void> {
  const kept = new Set<string>();
  const blobs = (tx as unknown as IDBPTransaction<unknown, string[], "versionchange">).objectStore("blobs");
  for (let cursor = await blobs.openCursor(); cursor !== null; cursor = await cursor.continue()) {
    const id = String(cursor.key);
    kept.add(id);
    await tx.objectStore("segments").put(cursor.value as Blob, [id, 0]);
  }
  const records = tx.objectStore("records");
  for (let cursor = await records.openCursor(); cursor !== null; cursor = await cursor.continue()) {
    const record = fromFirstVersion(cursor.value, kept.has(cursor.key));
    // What is not understood stays as it is.
    if (record !== null) await cursor.update(record);
  }
}

/** The database with stores that are no more. */
function old(db: IDBPDatabase<Schema>): IDBPDatabase {
  return db as unknown as IDBPDatabase;
}
