import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkItem } from "../../src/aws/items/check-item.ts";
import { captureSortKey, indexItem, readIndexItem } from "../../src/captures/index-item.ts";
import { shown } from "../../src/captures/shown-address.ts";
import { siteOf } from "../../src/captures/site-of.ts";
import type { Attributes } from "../../src/shared/attribute-value.ts";
import { captureRow } from "./mirror/capture-row.ts";

const id = "01ARYZ6S410000000000000000";
/** As version 0.1.0 wrote them. */
const early: Attributes = {
  url: { S: "https://x.test/door.png" },
  page: { S: "https://x.test:8080/p" },
  title: { S: "Doors" },
  path: { S: "captures/2026/03/door-0000000z.png" },
  type: { S: "image/png" },
  size: { N: "70" },
  sha256: { S: "AB".repeat(32) },
  at: { S: "2026-03-01T00:00:00.000Z" },
  rev: { N: "1" },
  width: { N: "3" },
  height: { N: "4" },
};
const read = (change: Attributes = {}) =>
  readIndexItem({ sortKey: captureSortKey(id), attributes: { ...early, ...change } });

describe("an index item", () => {
  it("gives back the capture that it was made of", () => {
    const captures = fc.record({
      title: fc.string({ maxLength: 500 }),
      tags: fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), { maxLength: 5 }),
      note: fc.string(),
      size: fc.maxSafeNat(),
      missing: fc.nat(),
      dimensions: fc.option(fc.record({ width: fc.nat(), height: fc.nat() })),
      at: fc.integer({ min: 0, max: 8.64e15 }),
    });
    fc.assert(
      fc.property(captures, (change) => {
        const row = captureRow({ id, ...change });
        expect(readIndexItem({ sortKey: captureSortKey(id), attributes: indexItem(row) })).toEqual(row);
      }),
    );
  });

  it("is one that DynamoDB takes, whatever the page calls itself", () => {
    const text = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) });
    fc.assert(
      fc.property(text, text, (title, address) => {
        const row = captureRow({
          id,
          title: title.repeat(100),
          url: address,
          page: address,
          note: title,
          tags: ["\ud800"],
        });
        const item = indexItem(row);
        checkItem("alice", captureSortKey(id), item, { partitionKey: "pk", sortKey: "sk" });
        expect((item.title as { S: string }).S.length).toBeLessThanOrEqual(500);
      }),
    );
  });

  it("has no password, no fragment and nothing that is empty", () => {
    const item = indexItem(captureRow({ id, url: "https://me:pw@x.test/a#b", note: "", tags: [], missing: 0 }));
    expect(item.url).toEqual({ S: "https://x.test/a" });
    expect(item).not.toHaveProperty("note");
    expect(item).not.toHaveProperty("tags");
    expect(item).not.toHaveProperty("missing");
  });
});

describe("reading", () => {
  it("takes items of the first version as images", () => {
    expect(read()).toEqual({
      ...{ id, kind: "image", url: "https://x.test/door.png", page: "https://x.test:8080/p", site: "x.test:8080" },
      ...{ title: "Doors", path: "captures/2026/03/door-0000000z.png", type: "image/png", size: 70 },
      ...{ sha256: "ab".repeat(32), dimensions: { width: 3, height: 4 }, tags: [], note: "" },
      ...{ at: Date.UTC(2026, 2, 1), missing: 0, rev: 1 },
    });
  });

  it("keeps the order of tags, once each, and takes sets too", () => {
    expect(read({ tags: { L: [{ S: "b" }, { S: "a" }, { N: "1" }, { S: "" }, { S: "b" }] } })?.tags).toEqual([
      "b",
      "a",
    ]);
    expect(read({ tags: { SS: ["a", "b"] } })?.tags).toEqual(["a", "b"]);
    expect(read({ tags: { S: "a" } })?.tags).toEqual([]);
  });

  it.each<[string, Attributes]>([
    ["an unknown kind", { kind: { S: "hologram" } }],
    ["a kind that is none", { kind: { N: "1" } }],
    ["no path", { path: { S: "" } }],
    ["a size below nothing", { size: { N: "-1" } }],
    ["half a byte", { size: { N: "0.5" } }],
    ["no time", { at: { S: "yesterday" } }],
    ["an address that is none", { url: { NULL: true } }],
    ["no hash", { sha256: { S: "" } }],
  ])("gives null for %s", (_what, change) => {
    expect(read(change)).toBeNull();
  });

  it("gives null for other items, and never throws", () => {
    expect(readIndexItem({ sortKey: "mine", attributes: early })).toBeNull();
    expect(readIndexItem({ sortKey: "holdall#capture#x", attributes: early })).toBeNull();
    const value = fc.oneof(
      fc.record({ S: fc.string() }),
      fc.record({ N: fc.string() }),
      fc.record({ L: fc.array(fc.record({ S: fc.string() })) }),
      fc.constant({ NULL: true as const }),
    );
    const damaged = fc.dictionary(fc.constantFrom(...Object.keys(early), "tags", "kind", "note", "constructor"), value);
    fc.assert(
      fc.property(damaged, (change) => {
        const row = read(change);
        if (row !== null) expect(Number.isFinite(row.at) && row.path !== "").toBe(true);
      }),
    );
  });
});

it("a site is a host, or nothing", () => {
  expect(siteOf("https://x.test:8080/a")).toBe("x.test:8080");
  expect(siteOf("file:///a")).toBe("");
  expect(siteOf(shown("data:text/html,a"))).toBe("");
  expect(siteOf("no address")).toBe("");
});
