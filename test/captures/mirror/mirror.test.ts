import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it } from "vitest";
import { createMirror } from "../../../src/captures/mirror/create-mirror.ts";
import type { Mirror } from "../../../src/captures/mirror/mirror.ts";
import { mostThumbnails } from "../../../src/captures/mirror/thumbnail-store.ts";
import type { CaptureFilter, CaptureRow } from "../../../src/messaging/captures-view.ts";
import { HoldallError } from "../../../src/shared/holdall-error.ts";
import { createUlid } from "../../../src/shared/ulid.ts";
import { captureRow } from "./capture-row.ts";
import { createCaptureTable } from "./capture-table.ts";

const alice = { profile: "p1", identity: "local|alice" };
const bob = { profile: "p1", identity: "local|bob" };
const elsewhere = { profile: "p2", identity: "local|alice" };
const start = Date.UTC(2026, 2, 1);
const minute = 60_000;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

/** A capture that was made so many minutes after the start, with a ULID of that time. */
function captured(minutes: number, change: Partial<CaptureRow> = {}): CaptureRow {
  const at = start + minutes * minute;
  const id = createUlid({ now: () => at, random: (bytes) => void crypto.getRandomValues(bytes) })();
  return captureRow({ id, at, ...change });
}

const create = () => createMirror(createCaptureTable().deps);

async function listAll(mirror: Mirror, filter: CaptureFilter = {}, limit = 2): Promise<CaptureRow[]> {
  const rows: CaptureRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await mirror.list(alice, { filter, cursor, limit });
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    rows.push(...page.rows);
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
  return rows;
}

describe("rows", () => {
  it("belong to one owner, and outlive the worker", async () => {
    const row = captured(1);
    await create().put(alice, row);
    const mirror = create();
    expect(await mirror.get(alice, row.id)).toEqual(row);
    for (const other of [bob, elsewhere]) {
      expect(await mirror.get(other, row.id)).toBeNull();
      expect(await mirror.byHash(other, row.sha256)).toBeNull();
      expect(await mirror.byPage(other, row.page)).toEqual([]);
      expect((await mirror.facets(other)).total).toBe(0);
    }
    await mirror.drop(alice, row.id);
    await mirror.drop(alice, row.id);
    expect(await mirror.get(alice, row.id)).toBeNull();
  });

  it("are found by the page and by the address they are from, whatever the fragment", async () => {
    const mirror = create();
    const rows = [captured(1), captured(2), captured(3, { page: "https://y.test/", url: "https://x.test/p" })];
    for (const row of rows) await mirror.put(alice, row);
    const ids = (found: CaptureRow[]) => found.map(({ id }) => id);
    expect(ids(await mirror.byPage(alice, "https://x.test/p#here"))).toEqual(ids(rows).reverse());
    expect(ids(await mirror.byPage(alice, "https://y.test/"))).toEqual(ids(rows.slice(2)));
    expect(await mirror.byPage(alice, "https://x.test/p?a=1")).toEqual([]);
    for (let at = 0; at < 30; at++) await mirror.put(alice, captured(10 + at));
    expect(await mirror.byPage(alice, "https://x.test/p")).toHaveLength(20);
  });

  it("of data: addresses are not taken for one another", async () => {
    const mirror = create();
    await mirror.put(alice, captured(1, { url: "data:image/png;base64,AAAA" }));
    expect(await mirror.byPage(alice, "data:image/png;base64,BBBB")).toEqual([]);
  });

  it("are found by their bytes: the newest", async () => {
    const mirror = create();
    const [older, newer] = [captured(1), captured(2)];
    await mirror.put(alice, newer);
    await mirror.put(alice, older);
    expect((await mirror.byHash(alice, older.sha256))?.id).toBe(newer.id);
    expect(await mirror.byHash(alice, "00")).toBeNull();
  });

  it("hold of addresses and titles what the table holds", async () => {
    const mirror = create();
    const row = captured(1, { url: "https://me:pw@x.test/a#b", title: "t".repeat(600) });
    await mirror.put(alice, row);
    expect(await mirror.get(alice, row.id)).toMatchObject({ url: "https://x.test/a", title: "t".repeat(500) });
  });
});

describe("the list", () => {
  it("is newest first, in pages, without gaps though rows come and go", async () => {
    const mirror = create();
    const rows = Array.from({ length: 7 }, (_, at) => captured(at)).reverse();
    for (const row of rows) await mirror.put(alice, row);
    expect(await listAll(mirror)).toEqual(rows);
    const first = await mirror.list(alice, { filter: {}, limit: 3 });
    await mirror.put(alice, captured(100));
    await mirror.drop(alice, rows[2]?.id ?? "");
    const second = await mirror.list(alice, { filter: {}, limit: 4, cursor: first.cursor ?? "" });
    expect(second).toEqual({ rows: rows.slice(3), cursor: null });
  });

  it("keeps captures of one millisecond apart, the later first", async () => {
    const mirror = create();
    const at = start;
    const next = createUlid({ now: () => at, random: (bytes) => void bytes.fill(3) });
    const rows = Array.from({ length: 5 }, () => captureRow({ id: next(), at }));
    for (const row of rows) await mirror.put(alice, row);
    expect(await listAll(mirror)).toEqual(rows.toReversed());
    expect(await listAll(mirror, { kind: "image" })).toEqual(rows.toReversed());
  });

  it("is of a site, a tag, a kind, a time, and of all these together", async () => {
    const mirror = create();
    const rows = [
      captured(1, { page: "https://a.test/", site: "a.test", tags: ["red", "blue"] }),
      captured(2, { page: "https://a.test/", site: "a.test", kind: "page", tags: ["red"] }),
      captured(3, { page: "https://b.test/", site: "b.test", tags: ["red"] }),
      captured(4, { page: "file:///c", site: "", tags: [] }),
    ];
    for (const row of rows) await mirror.put(alice, row);
    const found = async (filter: CaptureFilter) =>
      (await listAll(mirror, filter)).map(({ id }) => rows.findIndex((row) => row.id === id) + 1);
    expect(await found({ site: "a.test" })).toEqual([2, 1]);
    expect(await found({ tag: "red" })).toEqual([3, 2, 1]);
    expect(await found({ kind: "page" })).toEqual([2]);
    expect(await found({ site: "a.test", tag: "red", kind: "image" })).toEqual([1]);
    expect(await found({ from: start + 2 * minute, to: start + 4 * minute })).toEqual([3, 2]);
    expect(await found({ tag: "red", to: start + 3 * minute })).toEqual([2, 1]);
    expect(await found({ from: start + 5 * minute })).toEqual([]);
    expect(await found({ from: start + 2 * minute, to: start + minute })).toEqual([]);
    expect(await found({ site: "none.test" })).toEqual([]);
  });

  it("holds the words that are looked for, in any order, case and accent", async () => {
    const mirror = create();
    const row = captured(1, {
      ...{ title: "Crème Brûlée", note: "for Zoë's birthday", tags: ["dessert"] },
      ...{ url: "https://x.test/%C3%BCber?q=%", path: "Küche/bild.png" },
    });
    await mirror.put(alice, row);
    await mirror.put(alice, captured(2, { title: "other" }));
    for (const text of ["BRULEE creme", "zoe dessert", "kuche bild", "x.test creme", "  crème  "]) {
      expect(await listAll(mirror, { text })).toEqual([row]);
    }
    expect(await listAll(mirror, { text: "creme other" })).toEqual([]);
    expect(await listAll(mirror, { text: " " })).toHaveLength(2);
  });
});

describe("words", () => {
  const day = 24 * 60;
  it("are found through years, in pages, and not where they were taken away", async () => {
    const mirror = create();
    const rows = Array.from({ length: 150 }, (_, at) =>
      captured((at * day) / 2, { title: at % 7 === 0 ? "a red door" : "a wall", tags: at % 2 === 0 ? ["even"] : [] }),
    ).reverse();
    for (const row of rows) await mirror.put(alice, row);
    const doors = rows.filter(({ title }) => title.includes("red"));
    expect(await listAll(mirror, { text: "red" }, 4)).toEqual(doors);
    const even = doors.filter(({ tags }) => tags.length > 0);
    expect(await listAll(mirror, { text: "red", tag: "even" }, 3)).toEqual(even);
    const from = start + 20 * day * minute;
    expect(await listAll(mirror, { text: "red", from })).toEqual(doors.filter(({ at }) => at >= from));
    const [first, second, ...others] = doors as [CaptureRow, CaptureRow, ...CaptureRow[]];
    await mirror.drop(alice, first.id);
    await mirror.put(alice, { ...second, title: "a wall", rev: 2 });
    expect(await listAll(mirror, { text: "red" })).toEqual(others);
  });

  it("with a cursor that is none find nothing, or something, but do not fail", async () => {
    const mirror = create();
    await mirror.put(alice, captured(1));
    for (const cursor of ["!", "~", "zz"]) {
      for (const filter of [{ text: "doors" }, { kind: "image" as const }, {}]) {
        await expect(mirror.list(alice, { filter, cursor, limit: 5 })).resolves.toMatchObject({ cursor: null });
      }
    }
  });
});

describe("facets", () => {
  it("count what is there, most first, through every change", async () => {
    const mirror = create();
    const row = captured(1, { tags: ["a", "b"] });
    await mirror.put(alice, row);
    await mirror.put(alice, captured(2, { tags: ["b"], kind: "page", page: "https://y.test/", site: "y.test" }));
    await mirror.put(alice, captured(3, { page: "file:///a", site: "" }));
    expect(await mirror.facets(alice)).toEqual({
      ...{
        sites: [
          ["x.test", 1],
          ["y.test", 1],
        ],
        tags: [
          ["b", 2],
          ["a", 1],
        ],
      },
      ...{
        kinds: [
          ["image", 2],
          ["page", 1],
        ],
        total: 3,
        syncing: false,
      },
    });
    await mirror.put(alice, { ...row, tags: ["c"], rev: 2 });
    expect((await mirror.facets(alice)).tags).toEqual([
      ["b", 1],
      ["c", 1],
    ]);
    await mirror.drop(alice, row.id);
    expect(await mirror.facets(alice)).toMatchObject({ tags: [["b", 1]], total: 2, sites: [["y.test", 1]] });
  });
});

describe("sync", () => {
  it("reads everything once, newest first, and goes on where it was interrupted", async () => {
    const { table, deps } = createCaptureTable();
    const rows = Array.from({ length: 8 }, (_, at) => captured(at)).reverse();
    for (const row of rows) table.put(row);
    table.before = async () => {
      if (table.queries.length === 2) throw new HoldallError("offline");
    };
    await expect(createMirror(deps).sync(alice)).rejects.toMatchObject({ code: "offline" });
    const mirror = createMirror(deps);
    expect(await listAll(mirror)).toEqual(rows.slice(0, 3));
    await mirror.sync(alice);
    expect(table.queries[2]).toMatchObject({ descending: true, cursor: table.queries[1]?.cursor });
    expect(await listAll(mirror)).toEqual(rows);
  });

  it("later asks for what came after the newest, and what was late by less than a day", async () => {
    const { table, deps } = createCaptureTable();
    const day = 24 * 60;
    table.now = start + 4 * day * minute;
    for (const minutes of [0, 2 * day]) table.put(captured(minutes));
    const mirror = createMirror(deps);
    await mirror.sync(alice);
    const [late, next, tooOld] = [captured(day + 5), captured(3 * day), captured(day - 5)];
    for (const row of [late, next, tooOld]) table.put(row);
    const before = table.queries.length;
    await mirror.sync(alice);
    expect(table.queries.length).toBe(before + 1);
    expect(await mirror.get(alice, late.id)).toEqual(late);
    expect(await mirror.get(alice, next.id)).toEqual(next);
    expect(await mirror.get(alice, tooOld.id)).toBeNull();
    await mirror.refresh(alice);
    expect(await mirror.get(alice, tooOld.id)).toEqual(tooOld);
  });

  it("is not led astray by a device whose clock is ahead", async () => {
    const { table, deps } = createCaptureTable();
    table.now = start + 10 * minute;
    table.put(captured(100_000));
    const mirror = createMirror(deps);
    await mirror.sync(alice);
    const row = captured(11);
    table.put(row);
    await mirror.sync(alice);
    expect(await mirror.get(alice, row.id)).toEqual(row);
  });

  it("runs once at a time, and says so", async () => {
    const { table, deps } = createCaptureTable();
    table.put(captured(1));
    const mirror = createMirror(deps);
    const both = [mirror.sync(alice), mirror.sync(alice)];
    expect((await mirror.facets(alice)).syncing).toBe(true);
    await Promise.all(both);
    expect(table.queries).toHaveLength(1);
    expect((await mirror.facets(alice)).syncing).toBe(false);
  });

  it("leaves out items that are damaged or somebody else's, and takes the others", async () => {
    const { table, deps } = createCaptureTable();
    const row = captured(1);
    table.put(row);
    for (const [key, attributes] of [
      ["holdall#capture#zzz", {}],
      ["holdall#capture#00000000000000000000000000", { path: { N: "1" } }],
      ["holdall#capture#\u{10ffff}", {}],
    ] as const) {
      table.items.set(key, { sortKey: key, attributes });
    }
    const mirror = createMirror(deps);
    await mirror.sync(alice);
    await mirror.sync(alice);
    expect(await listAll(mirror)).toEqual([row]);
  });

  it("begins again when the place it had come to means nothing any more", async () => {
    const { table, deps } = createCaptureTable();
    for (let at = 0; at < 5; at++) table.put(captured(at));
    table.before = async () => {
      if (table.queries.length === 2) throw new HoldallError("offline");
      if (table.queries.length === 3) throw new HoldallError("message-invalid");
    };
    const mirror = createMirror(deps);
    await mirror.sync(alice).catch(() => undefined);
    await mirror.sync(alice);
    expect(await listAll(mirror)).toHaveLength(5);
  });
});

describe("refresh", () => {
  it("drops what is gone and takes what others changed, also in a table that is empty", async () => {
    const { table, deps } = createCaptureTable();
    const rows = Array.from({ length: 7 }, (_, at) => captured(at));
    for (const row of rows) table.put(row);
    const mirror = createMirror(deps);
    await mirror.sync(alice);
    await mirror.putThumbnail(alice, rows[0]?.id ?? "", new Blob(["x"]));
    for (const row of rows.slice(0, 5)) table.drop(row.id);
    table.put({ ...(rows[6] as CaptureRow), tags: ["new"], rev: 2 });
    await mirror.refresh(alice);
    expect((await listAll(mirror)).map(({ tags }) => tags)).toEqual([["new"], []]);
    expect(await mirror.thumbnail(alice, rows[0]?.id ?? "")).toBeNull();
    table.items.clear();
    await mirror.refresh(alice);
    expect(await listAll(mirror)).toEqual([]);
    expect(await mirror.facets(alice)).toMatchObject({ total: 0, sites: [], tags: [], kinds: [] });
  });
});

describe("wiping", () => {
  it("takes everything of a profile's people, but not of the one who is spared", async () => {
    const mirror = create();
    const row = captured(1);
    for (const owner of [alice, bob, elsewhere]) {
      await mirror.put(owner, row);
      await mirror.putThumbnail(owner, row.id, new Blob(["x"]));
    }
    // Also of those that nobody has used since the worker began.
    const later = create();
    await later.get(alice, row.id);
    await later.wipe("p1", alice.identity);
    expect(await later.get(alice, row.id)).toEqual(row);
    expect(await later.get(bob, row.id)).toBeNull();
    await later.wipe("p1");
    expect(await later.get(alice, row.id)).toBeNull();
    expect(await later.thumbnail(alice, row.id)).toBeNull();
    expect(await later.get(elsewhere, row.id)).toEqual(row);
    expect((await indexedDB.databases()).filter(({ name }) => name?.includes("p2"))).toHaveLength(1);
  });

  it("ends what is being read, and nothing of it comes back", async () => {
    const { table, deps } = createCaptureTable();
    const row = captured(1);
    table.put(row);
    const mirror = createMirror(deps);
    table.after = () => mirror.wipe(alice.profile);
    await expect(mirror.sync(alice)).rejects.toMatchObject({ code: "cancelled" });
    expect(await indexedDB.databases()).toEqual([]);
    table.after = async () => {};
    await mirror.sync(alice);
    expect(await mirror.get(alice, row.id)).toEqual(row);
  });
});

describe("thumbnails", () => {
  it("are kept by capture, and the oldest make room", async () => {
    const { table, deps } = createCaptureTable();
    const mirror = createMirror(deps);
    for (let at = 0; at <= mostThumbnails; at++) {
      table.now += 1;
      await mirror.putThumbnail(alice, `t${at}`, new Blob([String(at)], { type: "image/webp" }));
    }
    expect(await mirror.thumbnail(alice, "t0")).toBeNull();
    const kept = await mirror.thumbnail(alice, `t${mostThumbnails}`);
    expect([kept?.type, await kept?.text()]).toEqual(["image/webp", String(mostThumbnails)]);
  });
});

describe("a database", () => {
  it("that cannot be opened is said to be damaged, and tried again", async () => {
    const { open } = IDBFactory.prototype;
    const mirror = create();
    globalThis.indexedDB.open = () => {
      throw new DOMException("Internal error", "UnknownError");
    };
    await expect(mirror.facets(alice)).rejects.toMatchObject({ code: "journal-damaged" });
    globalThis.indexedDB.open = () => {
      throw new DOMException("Full", "QuotaExceededError");
    };
    await expect(mirror.put(alice, captured(1))).rejects.toMatchObject({ code: "journal-full" });
    globalThis.indexedDB.open = open;
    expect((await mirror.facets(alice)).total).toBe(0);
  });
});
