/** What a site used counts at every moment: before it is written, while it is, after it could not be. The book is the real one, slowed down. */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, test, vi } from "vitest";
import { createBookCache } from "../../../src/background/sites/book-cache.ts";
import { HoldallError } from "../../../src/shared/holdall-error.ts";
import type { GrantBook, LedgerEntry } from "../../../src/sites/grant-book.ts";
import { createGrantBook } from "../../../src/sites/idb-grant-book.ts";

const owner = { profile: "p", identity: "i" };
const origin = "https://a.example";

/** Before and after each write of the real book. */
let gates = { before: async () => {}, after: async () => {} };
let stored: GrantBook;
let book: GrantBook;

beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  globalThis.indexedDB = new IDBFactory();
  gates = { before: async () => {}, after: async () => {} };
  stored = createGrantBook();
  const gated =
    <Args extends unknown[]>(write: (...args: Args) => Promise<void>) =>
    async (...args: Args) => {
      await gates.before();
      await write(...args);
      await gates.after();
    };
  book = createBookCache({ ...stored, addUse: gated(stored.addUse), note: gated(stored.note) });
});

const used = async () => (await book.use(owner, origin))[0]?.written ?? 0;
const onDisk = async () => (await stored.use(owner, origin))[0]?.written ?? 0;
const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
const entry = (name: string): LedgerEntry => ({
  ...{ origin, at: Date.now(), method: "items.put", name, size: null, outcome: "done" },
  ...{ area: { folder: null, ownItems: false }, before: { kind: "item", attributes: null, version: name } },
});

test.each(["before", "after"] as const)("once, while it waits %s it is written", async (when) => {
  let go = () => {};
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  gates = { ...gates, [when]: () => gate };
  const written = book.addUse(owner, origin, Date.now(), { written: 900 }).then(() => book.ledger(owner, ofSite));
  for (let asked = 0; asked < 20; asked++) {
    expect(await used()).toBe(900);
    await wait(1);
  }
  await book.addUse(owner, origin, Date.now(), { written: 7 });
  expect(await used()).toBe(907);
  go();
  for (let asked = 0; asked < 20; asked++) {
    expect(await used()).toBe(907);
    await wait(1);
  }
  await written;
  await book.ledger(owner, ofSite);
  expect([await used(), await onDisk()]).toEqual([907, 907]);
});

const ofSite = { origin, limit: 10 };

test("also after it could not be written, with what was done; it is written as soon as it can be", async () => {
  gates.before = async () => {
    throw new HoldallError("journal-full");
  };
  await book.addUse(owner, origin, Date.now(), { written: 900 });
  await expect(book.note(owner, [entry("a")])).rejects.toThrow("journal-full");
  expect((await book.ledger(owner, ofSite)).rows).toEqual([]);
  await book.addUse(owner, origin, Date.now(), { written: 7 });
  expect([await used(), await onDisk()]).toEqual([907, 0]);
  gates.before = async () => {};
  await book.note(owner, [entry("b")]);
  expect([await used(), await onDisk()]).toEqual([907, 907]);
  expect((await book.ledger(owner, ofSite)).rows.map(({ name }) => name)).toEqual(["b", "a"]);
});

test("but nothing that could not be written comes back after the sign-out", async () => {
  gates.before = async () => {
    throw new HoldallError("journal-full");
  };
  await book.note(owner, [entry("a")]).catch(() => undefined);
  await book.forgetTraces("p");
  gates.before = async () => {};
  expect((await book.ledger(owner, ofSite)).rows).toEqual([]);
});
