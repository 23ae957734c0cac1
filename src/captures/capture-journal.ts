/** Captures that are not complete: written before the first request, removed when object and index item are both there. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { HoldallError } from "../shared/holdall-error.ts";

/** What the index item says of the bytes. */
export interface Described {
  path: string;
  /** Media type. */
  type: string;
  /** Bytes. */
  size: number;
  /** Lower-case hex. */
  sha256: string;
  /** Pixels; null when the format does not say. */
  dimensions: { width: number; height: number } | null;
}

/**
 * `asked`: the bytes have to be fetched. `described`: they were, and may be in the transfers' journal. `uploading`: they
 * are, under this id.
 */
export interface CaptureIntent {
  /** ULID: also the id of the transfer and the end of the index item's sort key. */
  id: string;
  owner: { profile: string; identity: string };
  srcUrl: string;
  pageUrl: string;
  title: string;
  /** Milliseconds since the epoch. */
  at: number;
  stage: "asked" | "described" | "uploading";
  described: Described | null;
}

interface Schema extends DBSchema {
  intents: { key: string; value: CaptureIntent };
}

/** All calls reject with `journal-full` or `journal-damaged`. */
export interface CaptureJournal {
  /** Oldest first. */
  list(): Promise<CaptureIntent[]>;
  put(intent: CaptureIntent): Promise<void>;
  remove(id: string): Promise<void>;
}

/** One line per version, each from the one before. */
const ladder: ((db: IDBPDatabase<Schema>) => void)[] = [(db) => db.createObjectStore("intents", { keyPath: "id" })];

/** Opens nothing until it is used. @param name of the database */
export function createCaptureJournal(name = "holdall-captures"): CaptureJournal {
  let opening: Promise<IDBPDatabase<Schema>> | null = null;
  const forget = () => {
    opening = null;
  };

  async function guard<T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    try {
      opening ??= openDB<Schema>(name, ladder.length, {
        upgrade: (db, from) => {
          for (const step of ladder.slice(from)) step(db);
        },
        blocking: (_current, _blocked, event) => {
          (event.target as IDBDatabase).close();
          forget();
        },
        terminated: forget,
      });
      opening.catch(forget);
      return await work(await opening);
    } catch (cause) {
      const full = cause instanceof DOMException && cause.name === "QuotaExceededError";
      throw new HoldallError(full ? "journal-full" : "journal-damaged", {}, { cause });
    }
  }

  return {
    list: () => guard((db) => db.getAll("intents")),
    put: (intent) => guard(async (db) => void (await db.put("intents", intent))),
    remove: (id) => guard((db) => db.delete("intents", id)),
  };
}
