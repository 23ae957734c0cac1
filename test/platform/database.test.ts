import "fake-indexeddb/auto";
import { type DBSchema, openDB } from "idb";
import { expect, test, vi } from "vitest";
import { createDatabase, type Ladder } from "../../src/platform/database.ts";
import { HoldallError } from "../../src/shared/holdall-error.ts";

interface Schema extends DBSchema {
  first: { key: string; value: number };
  second: { key: string; value: number };
}

const ladder: Ladder<Schema> = [
  (db) => void db.createObjectStore("first"),
  async (db, tx) => {
    db.createObjectStore("second");
    const first = tx.objectStore("first");
    for (const key of await first.getAllKeys()) {
      await tx.objectStore("second").put(((await first.get(key)) ?? 0) * 2, key);
    }
  },
];

let count = 0;
const newName = () => `database ${++count}`;
const names = async () => (await indexedDB.databases()).map(({ name }) => name);

test("it is opened when it is first used, once", async () => {
  const name = newName();
  const { use, close } = createDatabase(name, ladder);
  expect(await names()).not.toContain(name);
  const [one, other] = await Promise.all([use(async (db) => db), use(async (db) => db)]);
  expect(other).toBe(one);
  await close();
  expect(await use(async (db) => db)).not.toBe(one);
});

test("one of an earlier version takes the steps that it lacks", async () => {
  const name = newName();
  const before = createDatabase(name, ladder.slice(0, 1));
  await before.use((db) => db.put("first", 21, "a"));
  await before.close();
  expect(await createDatabase(name, ladder).use((db) => db.get("second", "a"))).toBe(42);
});

test("it steps aside for a newer version, which it then cannot read", async () => {
  const name = newName();
  const { use } = createDatabase(name, ladder);
  await use((db) => db.put("first", 1, "a"));
  const blocked = vi.fn();
  const newer = await openDB(name, 3, { blocked });
  expect(blocked).not.toHaveBeenCalled();
  await expect(use((db) => db.get("first", "a"))).rejects.toMatchObject({ code: "journal-damaged" });
  newer.close();
});

test("what could not be opened is opened anew at the next use", async () => {
  const name = newName();
  const { use } = createDatabase(name, ladder);
  vi.spyOn(indexedDB, "open").mockImplementationOnce(() => {
    throw new DOMException("no room", "QuotaExceededError");
  });
  await expect(use((db) => db.get("first", "a"))).rejects.toMatchObject({ code: "journal-full" });
  expect(await use((db) => db.get("first", "a"))).toBeUndefined();
});

test("an error of IndexedDB is a journal's, one of ours stays what it is", async () => {
  const { use } = createDatabase(newName(), ladder);
  await expect(use((db) => db.get("third" as "first", "a"))).rejects.toMatchObject({ code: "journal-damaged" });
  const ours = new HoldallError("cancelled");
  await expect(use(() => Promise.reject(ours))).rejects.toBe(ours);
});
