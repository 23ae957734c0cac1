import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { beforeEach, describe, expect, test } from "vitest";
import { defaultLimits, type SiteGrant } from "../../src/shared/site/site-grant.ts";
import type { LedgerEntry } from "../../src/sites/grant-book.ts";
import { createGrantBook } from "../../src/sites/idb-grant-book.ts";

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const alice = { profile: "p", identity: "alice" };
const others = [
  { profile: "p", identity: "bob" },
  { profile: "p2", identity: "alice" },
];
const origin = "https://notes.example";

const grant: SiteGrant = {
  ...{ origin, files: "write", items: "read", folder: null, ownItems: false, until: null, paused: false },
  ...{ limits: defaultLimits, grantedAt: 1 },
};

const entry = (name: string, at = 0): LedgerEntry => ({
  ...{ origin, at, method: "items.put", name, size: null, area: { folder: null, ownItems: false }, outcome: "done" },
  before: { kind: "item", attributes: null, version: name },
});

describe("a grant", () => {
  test("is its person's and profile's alone, outlives the background, and is gone when it is taken away", async () => {
    await createGrantBook().putGrant(alice, grant);
    const book = createGrantBook();
    expect(await book.grant(alice, origin)).toEqual(grant);
    expect(await book.grants(alice)).toEqual([grant]);
    for (const owner of others) expect([await book.grant(owner, origin), await book.grants(owner)]).toEqual([null, []]);
    await book.removeGrant(alice, origin);
    expect([await book.grants(alice), await book.origins()]).toEqual([[], []]);
  });

  test("goes with its profile, and what was counted and noted too; another profile's stays", async () => {
    const book = createGrantBook();
    for (const owner of [alice, ...others]) {
      await book.putGrant(owner, grant);
      await book.addUse(owner, origin, 0, { requests: 1 });
      await book.note(owner, [entry("a")]);
    }
    await book.forgetProfile("p");
    const left = async (owner: typeof alice) => [
      (await book.grants(owner)).length,
      (await book.use(owner, origin)).length,
      (await book.ledger(owner, { origin: null, limit: 10 })).rows.length,
    ];
    expect(await left(alice)).toEqual([0, 0, 0]);
    expect(await left({ profile: "p", identity: "bob" })).toEqual([0, 0, 0]);
    expect(await left({ profile: "p2", identity: "alice" })).toEqual([1, 1, 1]);
    expect(await book.origins()).toEqual([origin]);
  });
});

test("use is added up by day, newest first, for a month", async () => {
  const book = createGrantBook();
  const day = 86_400_000;
  for (let at = 0; at < 40; at++) await book.addUse(alice, origin, at * day, { requests: 1, read: at });
  await book.addUse(alice, origin, 39 * day + 5, { requests: 2, refused: 1 });
  const days = await book.use(alice, origin);
  expect(days).toHaveLength(31);
  expect(days[0]).toMatchObject({ day: "1970-02-09", requests: 3, read: 39, refused: 1, written: 0 });
  expect(await book.lastAccess(alice, origin)).toBe(39 * day + 5);
});

describe("the ledger", () => {
  test("comes in pages, newest first, and says what was undone", async () => {
    const book = createGrantBook();
    await book.note(
      alice,
      ["a", "b", "c", "d", "e"].map((name) => entry(name)),
    );
    await book.note(alice, [{ ...entry("x"), origin: "https://other.example" }]);
    const first = await book.ledger(alice, { origin, limit: 3 });
    const rest = await book.ledger(alice, { origin, limit: 3, cursor: first.cursor ?? undefined });
    expect([...first.rows, ...rest.rows].map(({ name }) => name)).toEqual(["e", "d", "c", "b", "a"]);
    expect(rest.cursor).toBeNull();
    const id = first.rows[0]?.id ?? "";
    expect(await book.entry(alice, id)).toEqual(entry("e"));
    for (const owner of others) expect(await book.entry(owner, id)).toBeNull();
    await book.undone(alice, id);
    const { rows } = await book.ledger(alice, { origin, limit: 2 });
    expect(rows.map(({ undo }) => undo)).toEqual(["undone", "possible"]);
    await book.forgetTraces("p");
    expect((await book.ledger(alice, { origin: null, limit: 9 })).rows).toEqual([]);
  });

  const trace = (name: string, of = origin): LedgerEntry => ({
    ...entry(name),
    ...{ origin: of, method: "items.get", before: { kind: "none", reason: "not-a-write" } },
  });

  /** As usual, at a fiftieth of the size: IndexedDB in memory takes a second for a hundred rows. */
  const room = { rows: { undoable: 40, trace: 40, refused: 10 }, values: 20_000_000, slack: 4 };

  test("keeps the newest of each site, and reads push out no write", async () => {
    const book = createGrantBook("sites", room);
    const noisy = "https://noisy.example";
    await book.note(alice, [entry("first"), entry("second")]);
    for (const of of [origin, noisy]) {
      await book.note(
        alice,
        Array.from({ length: 46 }, (_, at) => trace(`${at}`, of)),
      );
    }
    const own = (await book.ledger(alice, { origin, limit: 999 })).rows;
    expect(own).toHaveLength(42);
    expect(own.slice(-3).map(({ name }) => name)).toEqual(["6", "second", "first"]);
    expect((await book.ledger(alice, { origin: noisy, limit: 999 })).rows).toHaveLength(40);
  });

  test("loses nothing of what a site did by what it was refused", async () => {
    const book = createGrantBook("sites", room);
    await book.note(alice, [entry("write"), trace("read")]);
    const refused: LedgerEntry[] = Array.from({ length: 15 }, (_, at) => ({ ...trace(`${at}`), outcome: "refused" }));
    await book.note(alice, refused);
    const { rows } = await book.ledger(alice, { origin, limit: 999 });
    expect(rows.map(({ name }) => name).slice(-3)).toEqual(["5", "read", "write"]);
  });

  test("keeps the values of the newest writes, as far as there is room; a new life of the background counts too", async () => {
    const large = (name: string): LedgerEntry => ({
      ...entry(name),
      before: { kind: "item", attributes: { text: { S: "x".repeat(9_000_000) } }, version: "1" },
    });
    for (const name of ["a", "b", "c"]) await createGrantBook().note(alice, [large(name)]);
    const { rows } = await createGrantBook().ledger(alice, { origin, limit: 10 });
    expect(rows.map(({ name, undo }) => `${name} ${undo}`)).toEqual(["c possible", "b possible", "a too-old"]);
  });

  test("of the version before this one is taken over", async () => {
    const old = await openDB("sites", 1, {
      upgrade(db) {
        for (const store of ["grants", "use", "ledger"]) db.createObjectStore(store, { keyPath: "key" });
      },
    });
    const key = ["p", "alice", "01ARZ3NDEKTSV4RRFFQ69G5FAV"];
    await old.put("grants", { key: ["p", "alice", origin], profile: "p", grant });
    await old.put("ledger", { key, profile: "p", entry: entry("kept"), undone: false });
    old.close();
    const book = createGrantBook("sites", room);
    expect(await book.grants(alice)).toEqual([grant]);
    await book.note(
      alice,
      Array.from({ length: 40 }, (_, at) => entry(`${at}`)),
    );
    const { rows } = await book.ledger(alice, { origin, limit: 999 });
    // It was counted with the others, and was the oldest.
    expect([rows.length, rows.some(({ name }) => name === "kept")]).toEqual([40, false]);
  });
});

test("says that it cannot be opened, and opens when it can", async () => {
  const whole = globalThis.indexedDB;
  globalThis.indexedDB = {
    open: () => {
      throw new Error("damaged");
    },
  } as unknown as IDBFactory;
  const book = createGrantBook();
  await expect(book.grants(alice)).rejects.toMatchObject({ code: "journal-damaged" });
  globalThis.indexedDB = whole;
  expect(await book.grants(alice)).toEqual([]);
});
