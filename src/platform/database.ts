/** Databases in IndexedDB: opened when they are first used, and given up when a newer version of the extension wants to upgrade. */
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from "idb";
import { HoldallError } from "../shared/holdall-error.ts";

/** The upgrade's own transaction, which stays open while its requests follow each other. */
export type Upgrade<Schema> = IDBPTransaction<Schema, StoreNames<Schema>[], "versionchange">;

/** One step per version, each from the one before; never drop a store that may hold somebody's bytes. */
export type Ladder<Schema> = ((db: IDBPDatabase<Schema>, tx: Upgrade<Schema>) => void | Promise<void>)[];

export interface Database<Schema> {
  /** @throws HoldallError `journal-full`, `journal-damaged`; what `work` throws of its own as it is */
  use<T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T>;
  /** Until it is used again. */
  close(): Promise<void>;
}

export function createDatabase<Schema extends DBSchema>(name: string, ladder: Ladder<Schema>): Database<Schema> {
  let opening: Promise<IDBPDatabase<Schema>> | null = null;

  function open(): Promise<IDBPDatabase<Schema>> {
    if (opening !== null) return opening;
    const mine = openDB<Schema>(name, ladder.length, {
      upgrade: async (db, from, _to, tx) => {
        for (const step of ladder.slice(from)) await step(db, tx);
      },
      blocking: (_current, _blocked, event) => {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    });
    function forget(): void {
      if (opening === mine) opening = null;
    }
    opening = mine;
    mine.catch(forget);
    return mine;
  }

  return {
    async use(work) {
      try {
        return await work(await open());
      } catch (cause) {
        throw databaseError(cause);
      }
    },
    async close() {
      const closing = opening;
      opening = null;
      await closing?.then((db) => db.close()).catch(() => undefined);
    },
  };
}

/** What an error of IndexedDB means; one of ours is what it is. */
export function databaseError(cause: unknown): HoldallError {
  if (cause instanceof HoldallError) return cause;
  const full = cause instanceof Error && cause.name === "QuotaExceededError";
  return new HoldallError(full ? "journal-full" : "journal-damaged", {}, { cause });
}
