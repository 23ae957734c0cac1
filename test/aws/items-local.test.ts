import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Attributes } from "../../src/shared/attribute-value.ts";
import { type LocalWorld, type Person, startLocalWorld } from "./support/local-world.ts";

let world: LocalWorld;
let alice: Person;
let bob: Person;

beforeAll(async () => {
  world = await startLocalWorld();
  alice = await world.person("alice");
  bob = await world.person("bob");
});
afterAll(() => world.close());
beforeEach(() => world.control("DELETE", "/faults"));

const everything: Attributes = {
  text: { S: "héllo \u{1f600}" },
  empty: { S: "" },
  number: { N: "12345678901234567890123456789012345678" },
  small: { N: "-1.5E-100" },
  bytes: { B: "AAEC/w==" },
  yes: { BOOL: true },
  none: { NULL: true },
  words: { SS: ["a", "b"] },
  numbers: { NS: ["1", "2.5"] },
  blobs: { BS: ["AA==", "AQ=="] },
  list: { L: [{ S: "x" }, { M: { deep: { L: [{ N: "1" }] } } }] },
  constructor: { S: "a name that objects inherit" },
};

describe("items", () => {
  it("writes a new item with rev 1 and reads it back without loss", async () => {
    const { items } = alice.storage;
    const saved = await items.save({ sortKey: "everything", attributes: everything, basis: null });
    expect(saved.attributes.rev).toEqual({ N: "1" });
    const read = await items.get("everything");
    expect(read.attributes.number).toEqual(everything.number);
    expect(read.attributes.list).toEqual(everything.list);
    expect(read.attributes.bytes).toEqual(everything.bytes);
    expect(Object.keys(read.attributes).sort()).toEqual([...Object.keys(everything), "rev"].sort());
  });

  it("counts rev and refuses a stale basis with both versions kept", async () => {
    const { items } = alice.storage;
    const first = await items.save({ sortKey: "race", attributes: { a: { S: "1" } }, basis: null });
    const second = await items.save({ sortKey: "race", attributes: { a: { S: "2" } }, basis: first.attributes });
    expect(second.attributes).toEqual({ a: { S: "2" }, rev: { N: "2" } });
    const stale = items.save({ sortKey: "race", attributes: { a: { S: "3" } }, basis: first.attributes });
    await expect(stale).rejects.toMatchObject({
      code: "item-conflict",
      facts: {
        current: { sortKey: "race", attributes: second.attributes },
        awsCode: "ConditionalCheckFailedException",
      },
    });
    expect(await items.get("race")).toEqual(second);
  });

  it("refuses a new item where one is, and an edit of one that is gone", async () => {
    const { items } = alice.storage;
    const row = await items.save({ sortKey: "taken", attributes: { a: { S: "1" } }, basis: null });
    await expect(items.save({ sortKey: "taken", attributes: { a: { S: "2" } }, basis: null })).rejects.toMatchObject({
      code: "item-conflict",
      facts: { current: row },
    });
    await items.delete({ sortKey: "taken", basis: row.attributes });
    const edit = items.save({ sortKey: "taken", attributes: { a: { S: "2" } }, basis: row.attributes });
    await expect(edit).rejects.toMatchObject({ code: "item-conflict", facts: { current: null } });
    await expect(items.get("taken")).rejects.toMatchObject({ code: "item-missing" });
  });

  it("keeps what others added meanwhile to an item without a usable rev", async () => {
    const { items } = alice.storage;
    const basis = { rev: { S: "Reverend" }, a: { S: "1" } };
    await items.save({ sortKey: "foreign", attributes: basis, basis: null });
    expect((await items.get("foreign")).attributes).toEqual(basis);
    await items.save({ sortKey: "foreign", attributes: { ...basis, other: { S: "added" } }, basis });
    const saved = await items.save({ sortKey: "foreign", attributes: { ...basis, a: { S: "2" } }, basis });
    expect(saved.attributes).toEqual({ rev: { S: "Reverend" }, a: { S: "2" }, other: { S: "added" } });
    await expect(
      items.save({ sortKey: "foreign", attributes: { ...basis, a: { S: "3" } }, basis }),
    ).rejects.toMatchObject({ code: "item-conflict" });
  });

  it("edits an item of more attributes than an expression can name", async () => {
    const { items } = alice.storage;
    const many = Object.fromEntries(Array.from({ length: 700 }, (_, at) => [`attribute ${at}`, { N: String(at) }]));
    const basis = { ...many, rev: { S: "mine" } };
    await items.save({ sortKey: "many", attributes: basis, basis: null });
    const edited = { ...basis, "attribute 3": { S: "three" } };
    expect(await items.save({ sortKey: "many", attributes: edited, basis })).toEqual({
      sortKey: "many",
      attributes: edited,
    });
    await expect(items.save({ sortKey: "many", attributes: basis, basis })).rejects.toMatchObject({
      code: "item-conflict",
    });
    await expect(items.delete({ sortKey: "many", basis })).rejects.toMatchObject({ code: "item-conflict" });
    await items.delete({ sortKey: "many", basis: edited });
  });

  it.each(["PutItem", "UpdateItem", "DeleteItem"])(
    "resolves a lost answer of %s by reading back",
    async (operation) => {
      const { items } = alice.storage;
      const sortKey = `lost ${operation}`;
      const lose = () => world.control("POST", "/faults", { operation, kind: "cutAfter" });
      if (operation === "PutItem") await lose();
      const first = await items.save({ sortKey, attributes: { a: { S: "1" } }, basis: null });
      if (operation === "UpdateItem") await lose();
      const second = await items.save({ sortKey, attributes: { a: { S: "2" } }, basis: first.attributes });
      expect(second.attributes).toEqual({ a: { S: "2" }, rev: { N: "2" } });
      expect(await items.get(sortKey)).toEqual(second);
      if (operation === "DeleteItem") await lose();
      await items.delete({ sortKey, basis: second.attributes });
      await expect(items.get(sortKey)).rejects.toMatchObject({ code: "item-missing" });
    },
  );

  it("pages in both directions, by prefix, and never into another partition", async () => {
    for (let at = 0; at < 7; at++) {
      await alice.storage.items.save({ sortKey: `page ${at} ü`, attributes: {}, basis: null });
    }
    await bob.storage.items.save({ sortKey: "page 9 of bob", attributes: {}, basis: null });
    for (const descending of [false, true]) {
      const seen: string[] = [];
      let cursor: string | null = null;
      for (let page = 0; page < 10; page++) {
        const answer = await alice.storage.items.list({ prefix: "page", limit: 3, descending, cursor });
        seen.push(...answer.items.map((row) => row.sortKey));
        cursor = answer.cursor;
        if (cursor === null) break;
      }
      const sorted = Array.from({ length: 7 }, (_, at) => `page ${at} ü`);
      expect(seen).toEqual(descending ? sorted.toReversed() : sorted);
    }
  });

  it("reads what lies behind a bound, in both directions and in pages, and nothing of another prefix", async () => {
    const { items } = alice.storage;
    for (const name of ["a", "b", "c", "d", "\u{10ffff}"]) await items.putIndexItem(`holdall#after#${name}`, {});
    await items.putIndexItem("holdall#afteR", {});
    await items.putIndexItem("holdall#behind", {});
    const read = async (input: object) => {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await items.list({ prefix: "holdall#after#", limit: 2, ...input, cursor });
        seen.push(...page.items.map((row) => row.sortKey.slice("holdall#after#".length)));
        cursor = page.cursor;
      } while (cursor !== null);
      return seen;
    };
    expect(await read({ after: "holdall#after#b" })).toEqual(["c", "d", "\u{10ffff}"]);
    expect(await read({ after: "holdall#after#b", descending: true })).toEqual(["\u{10ffff}", "d", "c"]);
    expect(await read({ after: "holdall#after#b2" })).toEqual(["c", "d", "\u{10ffff}"]);
    expect(await read({ after: "holdall#after#\u{10ffff}" })).toEqual([]);
    const { items: rest } = await items.list({ after: "holdall#after#d", limit: 2 });
    expect(rest.map((row) => row.sortKey)).toEqual(["holdall#after#\u{10ffff}", "holdall#behind"]);
    await expect(items.list({ prefix: "holdall#after#", after: "other" })).rejects.toMatchObject({ code: "internal" });
  });

  it("refuses a cursor that is none", async () => {
    await expect(alice.storage.items.list({ cursor: "%%%" })).rejects.toMatchObject({ code: "message-invalid" });
  });

  it("writes an index item once, and again without harm, but not over another", async () => {
    const { items } = alice.storage;
    await items.putIndexItem("holdall#capture#1", { a: { S: "x" } });
    await items.putIndexItem("holdall#capture#1", { a: { S: "x" } });
    await expect(items.putIndexItem("holdall#capture#1", { a: { S: "y" } })).rejects.toMatchObject({
      code: "item-conflict",
    });
    await expect(
      items.save({ sortKey: "holdall#capture#1", attributes: { a: { S: "y" } }, basis: { a: { S: "x" } } }),
    ).rejects.toMatchObject({ code: "item-key-reserved" });
    await items.delete({ sortKey: "holdall#capture#1", basis: { a: { S: "x" } } });
  });
});

describe("index items", () => {
  const sortKey = "holdall#capture#edited";
  const first: Attributes = { path: { S: "a" }, title: { S: "A" }, rev: { N: "1" } };

  it("are edited while their rev is the basis's, also when the answer is lost", async () => {
    const { items } = alice.storage;
    await items.putIndexItem(sortKey, first);
    const edit = (path: string, basis: Attributes) =>
      items.saveIndexItem({ sortKey, basis, attributes: { ...basis, path: { S: path } } });
    const second = await edit("b", first);
    expect(second).toEqual({ sortKey, attributes: { ...first, path: { S: "b" }, rev: { N: "2" } } });
    await expect(edit("c", first)).rejects.toMatchObject({ code: "item-conflict", facts: { current: second } });
    await world.control("POST", "/faults", { operation: "UpdateItem", kind: "cutAfter" });
    expect((await edit("d", second.attributes)).attributes).toEqual({ ...first, path: { S: "d" }, rev: { N: "3" } });
    expect((await items.get(sortKey)).attributes.path).toEqual({ S: "d" });
  });

  it("are deleted by their rev alone", async () => {
    const { items } = alice.storage;
    const stale = items.deleteIndexItem({ sortKey, basis: first });
    await expect(stale).rejects.toMatchObject({ code: "item-conflict" });
    await items.deleteIndexItem({ sortKey, basis: { rev: { N: "3" }, path: { S: "seen otherwise" } } });
    await expect(items.get(sortKey)).rejects.toMatchObject({ code: "item-missing" });
    await items.deleteIndexItem({ sortKey, basis: first });
  });

  it("that are gone are not brought back by an edit, and other items are not reached", async () => {
    const { items } = alice.storage;
    const gone = items.saveIndexItem({ sortKey, basis: first, attributes: { ...first, path: { S: "e" } } });
    await expect(gone).rejects.toMatchObject({ code: "item-missing" });
    await expect(items.get(sortKey)).rejects.toMatchObject({ code: "item-missing" });
    const other = { sortKey: "mine", basis: first, attributes: first };
    await expect(items.saveIndexItem(other)).rejects.toMatchObject({ code: "internal" });
    await expect(items.deleteIndexItem(other)).rejects.toMatchObject({ code: "internal" });
  });
});

describe("failures", () => {
  it("renews expired credentials once and carries on", async () => {
    const carol = await world.person("alice");
    await world.control("POST", "/sessions/expire");
    await Promise.all([carol.storage.items.list(), carol.storage.items.list(), carol.storage.items.list()]);
    expect(carol.renewals()).toBeGreaterThan(0);
    const before = carol.renewals();
    await carol.storage.items.list();
    expect(carol.renewals()).toBe(before);
    alice = await world.person("alice");
    bob = await world.person("bob");
  });

  it("says throttled, after having tried again", async () => {
    await world.control("POST", "/faults", { operation: "Query", kind: "throttle", count: 3 });
    await expect(alice.storage.items.list()).rejects.toMatchObject({
      code: "throttled",
      facts: { service: "dynamodb" },
    });
    await expect(alice.storage.items.list()).resolves.toBeDefined();
  }, 20_000);

  it("says what is missing or wrong", async () => {
    const { table } = world.profile;
    const other = await world.person("alice", { table: { ...table, name: "other" } });
    const refused = await other.storage.items.list().catch((error) => error);
    expect(refused).toMatchObject({ code: "access-denied", facts: { status: 400 } });
    expect(refused.facts.subs[0]).toBe("dynamodb:Query");
    const keys = await world.person("alice", { table: { ...table, sortKey: "range" } });
    await expect(keys.storage.items.get("a")).rejects.toMatchObject({
      code: "table-keys",
      facts: { subs: [table.partitionKey, "range"] },
    });
    await expect(keys.storage.items.save({ sortKey: "a", attributes: {}, basis: null })).rejects.toMatchObject({
      code: "table-keys",
    });
  });
});
