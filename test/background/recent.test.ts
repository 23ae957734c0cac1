import fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Owner } from "../../src/background/owner.ts";
import { createRecent, type Recent } from "../../src/background/recent.ts";
import { createViewStore, type ViewStore } from "../../src/background/view-store.ts";
import type { FileRow, ItemRow } from "../../src/messaging/view.ts";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import { createMemoryArea } from "../auth/support/memory-area.ts";

const alice: Owner = { profile: "p", identity: "alice" };
const bob: Owner = { profile: "p", identity: "bob" };
const file = (path: string, modifiedAt = 0): FileRow => ({ path, size: 1, modifiedAt, etag: "e" });
const item = (sortKey: string, text = ""): ItemRow => ({ sortKey, attributes: { text: { S: text } } });

let view: ViewStore;
let recent: Recent;
let shown: Owner | null;
/** What asking who is signed in takes. */
let asked: (owner: Owner | null) => Promise<Owner | null>;
let requests: string[];
let files: () => Promise<FileRow[]>;
let items: () => Promise<ItemRow[]>;

beforeEach(() => {
  view = createViewStore({ area: createMemoryArea(), push: () => {} });
  shown = alice;
  asked = async (owner) => owner;
  requests = [];
  files = async () => [];
  items = async () => [];
  recent = createRecent({
    view,
    owner: () => asked(shown),
    shown: () => shown,
    now: () => 7,
    wrote: () => {},
    files: async ({ identity }) => {
      requests.push(`files ${identity}`);
      return await files();
    },
    items: async ({ identity }) => {
      requests.push(`items ${identity}`);
      return await items();
    },
  });
});

const paths = () => view.current().recent.files.map(({ path }) => path);
const keys = () => view.current().recent.items.map(({ sortKey }) => sortKey);

describe("recent rows", () => {
  test("are the newest 50 of each, by one request each, for any number of pages", async () => {
    files = async () => Array.from({ length: 1000 }, (_, index) => file(`f${index}`, (index * 7) % 1000));
    items = async () => Array.from({ length: 100 }, (_, index) => item(`i${String(index).padStart(3, "0")}`));
    await Promise.all([recent.load(alice), recent.load(alice)]);
    expect(requests).toEqual(["files alice", "items alice"]);
    const times = view.current().recent.files.map(({ modifiedAt }) => modifiedAt);
    expect(times).toEqual(Array.from({ length: 50 }, (_, index) => 999 - index));
    expect(keys()[0]).toBe("i099");
    expect(view.current().recent).toMatchObject({ state: "loaded", loadedAt: 7 });
  });

  test("of large items are cut and say so, those of small ones are whole", async () => {
    const large: ItemRow = {
      sortKey: "large",
      attributes: { title: { S: "t" }, body: { S: "x".repeat(399_000) }, rev: { N: "3" } },
    };
    items = async () => [large, item("small", "text")];
    await recent.load(alice);
    const { items: rows } = view.current().recent;
    expect(rows).toEqual([
      item("small", "text"),
      { sortKey: "large", attributes: { title: { S: "t" }, rev: { N: "3" } }, cut: true },
    ]);
  });

  test("of the load before stay when one kind fails", async () => {
    files = async () => [file("a")];
    await recent.load(alice);
    files = async () => {
      throw new HoldallError("throttled");
    };
    items = async () => [item("i")];
    await recent.load(alice);
    expect(view.current().recent).toMatchObject({
      state: "loaded",
      filesError: { code: "throttled" },
      itemsError: null,
    });
    expect(paths()).toEqual(["a"]);
    expect(keys()).toEqual(["i"]);
  });

  test("that were asked for by somebody who is gone are dropped", async () => {
    let answer: (rows: FileRow[]) => void = () => {};
    files = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const loading = recent.load(alice);
    await new Promise((resolve) => setTimeout(resolve, 1));
    shown = bob;
    recent.clear();
    answer([file("alice's")]);
    await loading;
    await recent.itemStored(alice, item("alice's"));
    expect(paths()).toEqual([]);
    expect(keys()).toEqual([]);
    files = async () => [file("bob's")];
    await recent.load(bob);
    expect(paths()).toEqual(["bob's"]);
  });

  test("are not shown when the view moves on while it is asked who is signed in", async () => {
    files = async () => [file("alice's")];
    let asking = 0;
    asked = async (owner) => {
      asking += 1;
      // The second time the rows are there.
      if (asking === 2) shown = bob;
      return owner;
    };
    await recent.load(alice);
    expect(asking).toBe(2);
    expect(paths()).toEqual([]);
  });

  test("know the person's own writes, also those made while a listing was under way", async () => {
    let answer: (rows: ItemRow[]) => void = () => {};
    items = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const loading = recent.load(alice);
    await new Promise((resolve) => setTimeout(resolve, 1));
    await recent.itemStored(alice, item("new"));
    await recent.itemGone(alice, "old");
    answer([item("old"), item("other")]);
    await loading;
    expect(keys()).toEqual(["other", "new"]);
  });

  test("that were just written are there in every view that follows, the one of an older listing too", async () => {
    let answer: (rows: ItemRow[]) => void = () => {};
    items = () => new Promise((resolve) => (answer = resolve));
    const loading = recent.load(alice);
    await expect.poll(() => requests).toContain("items alice");
    await recent.itemStored(alice, item("new"));
    const seen: string[][] = [];
    const update = view.update.bind(view);
    view.update = (change) => {
      update(change);
      seen.push(keys());
    };
    answer([item("old")]);
    await loading;
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.filter((rows) => !rows.includes("new"))).toEqual([]);
  });

  test("are not those of a listing from before the person was away", async () => {
    let answer: (rows: ItemRow[]) => void = () => {};
    items = () => new Promise((resolve) => (answer = resolve));
    const old = recent.load(alice);
    await vi.waitFor(() => expect(requests).toContain("items alice"));
    recent.clear();
    const late = answer;
    items = async () => [item("b")];
    await recent.load(alice);
    await recent.itemStored(alice, item("new"));
    late([item("a")]);
    await old;
    expect(view.current().recent.items.map(({ sortKey }) => sortKey)).toEqual(["new", "b"]);
  });

  test("bring a file back that was deleted and undeleted", async () => {
    files = async () => [file("a", 2), file("b", 1)];
    await recent.load(alice);
    await recent.fileGone(alice, "a", "marker");
    expect(paths()).toEqual(["b"]);
    await recent.fileBack(alice, "a", "marker");
    await recent.fileBack(alice, "a", "marker");
    expect(paths()).toEqual(["a", "b"]);
  });

  test("tell the pages nothing of files that they do not show", async () => {
    files = async () => [file("a", 2)];
    await recent.load(alice);
    const before = view.current();
    for (const path of ["x", "y"]) {
      await recent.fileGone(alice, path, path);
      await recent.fileBack(alice, path, path);
    }
    expect(view.current()).toBe(before);
  });

  test("stay one row for a name, newest first, whatever is written", async () => {
    const write = fc.record({ path: fc.constantFrom("a", "b", "c"), at: fc.nat(9), gone: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(write), async (writes) => {
        recent.clear();
        for (const { path, at, gone } of writes) {
          if (gone) await recent.fileGone(alice, path, null);
          else await recent.fileStored(alice, file(path, at));
        }
        const rows = view.current().recent.files;
        expect(new Set(paths()).size).toBe(rows.length);
        expect(rows.map(({ modifiedAt }) => modifiedAt)).toEqual(
          rows.map(({ modifiedAt }) => modifiedAt).sort((x, y) => y - x),
        );
        const expected = new Set<string>();
        for (const { path, gone } of writes) gone ? expected.delete(path) : expected.add(path);
        expect(new Set(paths())).toEqual(expected);
      }),
    );
  });

  test("keep DynamoDB's order of keys, which is that of UTF-8", async () => {
    for (const key of ["\u{10000}", "\uff61", "b", "a"]) await recent.itemStored(alice, item(key));
    expect(keys()).toEqual(["\u{10000}", "\uff61", "b", "a"]);
  });
});
