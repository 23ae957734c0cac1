/** The journal in IndexedDB. */
import { createDatabase } from "../../platform/database.ts";
import type { Digest } from "../host/host-link.ts";
import type { Journal } from "./journal.ts";
import { isDigest, isKnownUpload, isRecord } from "./journal-rows.ts";
import { ladder, type Schema, type Stores } from "./journal-schema.ts";

/** All that belongs to a transfer, but not what S3 may still hold. */
const own: ("records" | "segments" | "parts" | "entries")[] = ["records", "segments", "parts", "entries"];
const strict = { durability: "strict" } as const;

/** Every key that begins with these: arrays sort behind all else. */
function startingWith(...key: string[]): IDBKeyRange {
  return IDBKeyRange.bound(key, [...key, []]);
}

/** Opens nothing until it is used. @param name of the database */
export function createJournal(name = "holdall-transfers"): Journal {
  const { use } = createDatabase<Schema>(name, ladder);

  /** Changes in one transaction: none of them is left when one fails. */
  function change<S extends Stores>(
    stores: S,
    work: (write: Writers<S[number]>) => void,
    options?: IDBTransactionOptions,
  ) {
    return use(async (db) => {
      const tx = db.transaction(stores, "readwrite", options);
      const done: Promise<unknown>[] = [];
      const at = (name: S[number]) => tx.objectStore(name) as unknown as WritableStore;
      try {
        work({
          put: (name, value, key) => void done.push(at(name).put(value, key)),
          delete: (name, key) => void done.push(at(name).delete(key)),
        });
      } catch (error) {
        tx.abort();
        await Promise.allSettled([...done, tx.done]);
        throw error;
      }
      await Promise.all([...done, tx.done]);
    });
  }

  function dropBytes(write: Writers<"segments" | "parts">, id: string): void {
    write.delete("segments", startingWith(id));
    write.delete("parts", startingWith(id));
  }

  return {
    // ULIDs: key order is order of creation.
    list: () => use(async (db) => (await db.getAll("records")).filter(isRecord)),
    add: (records, entries) =>
      change(
        own,
        (write) => {
          for (const record of records) {
            write.put("records", record);
            if (entries !== undefined) write.put("entries", entries, record.id);
          }
        },
        strict,
      ),
    update: (records) =>
      change(["records"], (write) => {
        for (const record of records) write.put("records", record);
      }),
    end: (records) =>
      change(own, (write) => {
        for (const record of records) {
          write.put("records", record);
          dropBytes(write, record.id);
          // A cancelled archive may be begun again.
          if (record.state === "done") write.delete("entries", record.id);
        }
      }),
    remove: (ids) =>
      change(own, (write) => {
        for (const id of ids) {
          dropBytes(write, id);
          write.delete("entries", id);
          write.delete("records", id);
        }
      }),
    segment: (id, index) => use(async (db) => asBlob(await db.get("segments", [id, index]))),
    putSegment: (id, index, bytes, digest) =>
      change(["segments", "parts"], (write) => {
        write.put("segments", bytes, [id, index]);
        if (digest !== undefined) write.put("parts", digest, [id, index]);
      }),
    parts: (id) =>
      use(async (db) => {
        const tx = db.transaction("parts");
        const range = startingWith(id);
        const [keys, digests] = await Promise.all([tx.store.getAllKeys(range), tx.store.getAll(range)]);
        return new Map(keys.flatMap(([, number], at) => entry(number, digests[at])));
      }),
    putPart: (id, number, digest) => change(["parts"], (write) => write.put("parts", digest, [id, number])),
    dropBytes: (id) => change(["segments", "parts"], (write) => dropBytes(write, id)),
    entries: (id) => use(async (db) => (await db.get("entries", id)) ?? []),
    uploads: () => use(async (db) => (await db.getAll("uploads")).filter(isKnownUpload)),
    noteUpload: (upload) => change(["uploads"], (write) => write.put("uploads", upload), strict),
    forgetUpload: (uploadId) => change(["uploads"], (write) => write.delete("uploads", uploadId)),
    known: ({ profile, identity }, fingerprint) => use((db) => db.get("known", [profile, identity, fingerprint])),
    noteKnown: ({ profile, identity }, fingerprint, bytes) =>
      change(["known"], (write) => write.put("known", bytes, [profile, identity, fingerprint])),
    forgetKnown: ({ profile, identity }) =>
      change(["known"], (write) =>
        write.delete("known", identity === undefined ? startingWith(profile) : startingWith(profile, identity)),
      ),
  };
}

interface WritableStore {
  put(value: unknown, key?: IDBValidKey): Promise<unknown>;
  delete(key: IDBValidKey | IDBKeyRange): Promise<unknown>;
}

interface Writers<Name> {
  put(store: Name, value: unknown, key?: IDBValidKey): void;
  delete(store: Name, key: IDBValidKey | IDBKeyRange): void;
}

function entry<K>(key: K, value: unknown): [K, Digest][] {
  return isDigest(value) ? [[key, value]] : [];
}

function asBlob(bytes: Blob | ArrayBuffer | undefined): Blob | undefined {
  return bytes instanceof ArrayBuffer ? new Blob([bytes]) : bytes;
}
