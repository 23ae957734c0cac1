/**
 * The journal: what the person wants moved, kept on disk before the first request. One record per transfer, and the bytes
 * of uploads until they are verified in S3.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { HoldallError } from "../shared/holdall-error.ts";
import type { TransferRecord } from "./record.ts";

interface Schema extends DBSchema {
  records: { key: string; value: TransferRecord };
  blobs: { key: string; value: Blob };
}

/** All calls reject with `journal-full` or `journal-damaged`: a failed read is never "nothing there". */
export interface Journal {
  /** Every record, oldest first. */
  list(): Promise<TransferRecord[]>;
  /** Writes a new record and its bytes together, on disk when it resolves. */
  add(record: TransferRecord, bytes: Blob | null): Promise<void>;
  update(record: TransferRecord): Promise<void>;
  /** Writes a record whose bytes are not needed any more, and removes them with it. */
  end(record: TransferRecord): Promise<void>;
  /** The bytes of an upload; undefined when there are none. */
  bytes(id: string): Promise<Blob | undefined>;
  /** Removes records with their bytes. */
  remove(ids: string[]): Promise<void>;
}

/** One line per version, each from the one before; never drop a store that may hold somebody's bytes. */
const ladder: ((db: IDBPDatabase<Schema>) => void)[] = [
  (db) => {
    db.createObjectStore("records", { keyPath: "id" });
    db.createObjectStore("blobs");
  },
];

function journalError(cause: unknown): HoldallError {
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : "";
  return new HoldallError(name === "QuotaExceededError" ? "journal-full" : "journal-damaged", {}, { cause });
}

/** Opens nothing until it is used. @param name of the database */
export function createJournal(name = "holdall-transfers"): Journal {
  let opening: Promise<IDBPDatabase<Schema>> | null = null;

  const forget = () => {
    opening = null;
  };
  const open = () => {
    opening ??= openDB<Schema>(name, ladder.length, {
      upgrade: (db, from) => {
        for (const step of ladder.slice(from)) step(db);
      },
      // A newer version of the extension wants to upgrade: step aside.
      blocking: (_current, _blocked, event) => {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    });
    opening.catch(forget);
    return opening;
  };

  async function guard<T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    try {
      return await work(await open());
    } catch (cause) {
      throw journalError(cause);
    }
  }

  return {
    // ULIDs: key order is order of creation.
    list: () => guard((db) => db.getAll("records")),
    add: (record, bytes) =>
      guard(async (db) => {
        const tx = db.transaction(["records", "blobs"], "readwrite", { durability: "strict" });
        const writes: Promise<unknown>[] = [tx.objectStore("records").put(record)];
        if (bytes !== null) writes.push(tx.objectStore("blobs").put(bytes, record.id));
        await Promise.all([...writes, tx.done]);
      }),
    update: (record) => guard(async (db) => void (await db.put("records", record))),
    end: (record) =>
      guard(async (db) => {
        const tx = db.transaction(["records", "blobs"], "readwrite");
        await Promise.all([tx.objectStore("records").put(record), tx.objectStore("blobs").delete(record.id), tx.done]);
      }),
    bytes: (id) => guard((db) => db.get("blobs", id)),
    remove: (ids) =>
      guard(async (db) => {
        const tx = db.transaction(["records", "blobs"], "readwrite");
        const deletes = ids.flatMap((id) => [tx.objectStore("records").delete(id), tx.objectStore("blobs").delete(id)]);
        await Promise.all([...deletes, tx.done]);
      }),
  };
}
