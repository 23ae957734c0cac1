/** What a connected page gets, through the whole background and against the local AWS. */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type BackgroundWorld, createBackgroundWorld } from "../support/background-world.ts";
import { connectSite, openSitePage } from "../support/site-page.ts";

const browser = vi.hoisted(() => {
  const holder: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(holder.current, key) }) });
  return holder;
});

const origin = "https://notes.example";
let world: BackgroundWorld;
let page: ReturnType<typeof openSitePage>;

beforeAll(async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  world = await createBackgroundWorld((fake) => {
    browser.current = fake;
  });
  await world.signIn("alice");
  await connectSite(world, origin);
  page = openSitePage(world, origin);
  expect(await page.hello()).toBe(true);
});

afterAll(async () => {
  await world.call("session.signOut", { profile: world.profile });
  await world.close();
  vi.restoreAllMocks();
});

describe("items", () => {
  test("are written, read, changed, listed and deleted, by version", async () => {
    const value = {
      title: "Milk",
      done: false,
      tags: new Set(["a"]),
      big: 12345678901234567890n,
      bytes: new Uint8Array([1]),
    };
    const { version } = (await page.request("items.put", { key: "n1", value, ifMatch: null })) as { version: string };
    expect(await page.request("items.get", { key: "n1" })).toEqual({ key: "n1", value, version });
    await expect(page.request("items.put", { key: "n1", value, ifMatch: null })).rejects.toMatchObject({
      code: "conflict",
    });
    const updated = (await page.request("items.update", {
      ...{ key: "n1", set: { done: true }, remove: ["tags"], ifMatch: version },
    })) as { version: string; value: object };
    const { tags: _, ...rest } = value;
    expect(updated.value).toEqual({ ...rest, done: true });
    await expect(page.request("items.update", { key: "n1", set: { a: 1 }, ifMatch: version })).rejects.toMatchObject({
      code: "conflict",
    });
    const batch = await page.request("items.batch", {
      operations: [
        { put: { key: "n2", value: { n: 2 } } },
        { get: { key: "n1" } },
        { delete: { key: "n1", ifMatch: "1" } },
      ],
    });
    expect(batch).toMatchObject([
      { ok: true },
      { ok: true, value: { key: "n1" } },
      { ok: false, error: { code: "conflict" } },
    ]);
    const first = (await page.request("items.query", { limit: 1 })) as { items: { key: string }[]; cursor: string };
    expect(first.items.map(({ key }) => key)).toEqual(["n1"]);
    const second = (await page.request("items.query", { cursor: first.cursor, prefix: "n" })) as typeof first;
    expect([second.items.map(({ key }) => key), second.cursor]).toEqual([["n2"], null]);
    await page.request("items.delete", { key: "n1", ifMatch: updated.version });
    expect(await page.request("items.get", { key: "n1" })).toBeNull();
  });

  test("lie in a partition of the site's own, written with credentials of its own", async () => {
    await world.requests();
    expect([...world.fake.action.marks.values()]).toEqual(["•"]);
    await page.request("items.put", { key: "own", value: {} });
    const log = (await world.control("GET", "/requests?operation=PutItem")) as { key: string; status: number }[];
    expect(log.at(-1)).toMatchObject({ status: 200, key: expect.stringContaining("#app#https_notes.example") });
    const { items } = await world.call("items.list", { profile: world.profile });
    expect(items.map(({ sortKey }) => sortKey)).not.toContain("own");
  });
});

describe("files", () => {
  test("are written, listed, told of, read in pieces and deleted", async () => {
    const bytes = new Uint8Array(2_500_000).map((_, at) => (at * 7) % 251);
    const put = (await page.request("files.put", {
      ...{ path: "a/b c.bin", body: new Blob([bytes]), type: "image/png", ifMatch: null },
    })) as { version: string };
    expect(await page.request("files.head", { path: "a/b c.bin" })).toMatchObject({
      ...{ path: "a/b c.bin", size: bytes.length, type: "image/png", version: put.version },
    });
    expect(await page.request("files.list", { folders: true })).toMatchObject({
      files: [],
      folders: ["a/"],
      cursor: null,
    });
    expect(await page.request("files.list", { prefix: "a/" })).toMatchObject({ files: [{ path: "a/b c.bin" }] });
    const call = page.begin("files.get", { path: "a/b c.bin" });
    await page.answer(call);
    expect(Buffer.from(await (await page.read(call)).arrayBuffer()).equals(bytes)).toBe(true);
    const part = page.begin("files.get", { path: "a/b c.bin", start: 10, end: 20 });
    expect((await page.answer(part)).result?.value).toMatchObject({ size: 10 });
    expect(Buffer.from(await (await page.read(part)).arrayBuffer()).equals(bytes.slice(10, 20))).toBe(true);
    const again = page.request("files.put", { path: "a/b c.bin", body: new Blob(["x"]), ifMatch: null });
    await expect(again).rejects.toMatchObject({ code: "conflict" });
    await expect(page.request("files.put", { path: "a/../b", body: new Blob(["x"]) })).rejects.toMatchObject({
      code: "invalid",
    });
    await page.request("files.delete", { path: "a/b c.bin", ifMatch: put.version });
    expect(await page.request("files.head", { path: "a/b c.bin" })).toBeNull();
    await expect(page.request("files.get", { path: "a/b c.bin" })).rejects.toMatchObject({ code: "not-found" });
    const { files } = await world.call("files.list", { profile: world.profile, prefix: "", flat: true });
    expect(files.map(({ path }) => path)).toEqual([]);
  });
});

test.each([
  ["a key attribute set", "items.put", (name: string) => ({ key: "k", value: { [name]: "x" } })],
  ["a key attribute removed", "items.update", (name: string) => ({ key: "k", remove: [name] })],
])("%s is invalid in our own words", async (_, method, params) => {
  for (const name of [world.aws.profile.table.partitionKey, world.aws.profile.table.sortKey]) {
    const detail = `${name} is a key attribute of the table`;
    await expect(page.request(method, params(name))).rejects.toMatchObject({ code: "invalid", detail });
  }
});

test.each([
  ["a removed attribute that comes twice", "items.update", { key: "k", remove: ["a", "a"] }, "item-invalid"],
  ["a version that is none", "items.put", { key: "k", value: {}, ifMatch: "abc" }, "item-invalid"],
  ["a cursor of no list of files", "files.list", { cursor: "abc" }, "cursor"],
  ["a cursor of no list of items", "items.query", { cursor: "abc" }, "cursor"],
] as const)("%s is invalid, without AWS's sentence", async (_, method, params, detail) => {
  await expect(page.request(method, params)).rejects.toMatchObject({ code: "invalid", detail });
});

test("a file that was stored without a type has the same one ever after", async () => {
  const type = "application/octet-stream";
  expect(await page.request("files.put", { path: "untyped", body: new Blob(["x"]) })).toMatchObject({ type });
  expect(await page.request("files.head", { path: "untyped" })).toMatchObject({ type });
  await page.request("files.delete", { path: "untyped" });
});

describe("the person", () => {
  test("sees what the site did, and undoes its writes", async () => {
    const { profile } = world;
    await page.request("items.put", { key: "undo", value: { a: 1 } });
    await page.request("items.put", { key: "undo", value: { a: 2 } });
    await page.request("files.put", { path: "u.txt", body: new Blob(["one"]) });
    await page.request("files.put", { path: "u.txt", body: new Blob(["two"]) });
    const ledger = async () => (await world.call("sites.ledger", { profile, origin })).rows;
    const [file, , second, first] = await ledger();
    expect([file, second, first]).toMatchObject([
      { method: "files.put", name: "u.txt", outcome: "done", undo: "possible" },
      { method: "items.put", name: "undo" },
      { method: "items.put", name: "undo" },
    ]);
    await expect(world.call("sites.undo", { profile, id: first?.id ?? "" })).rejects.toMatchObject({
      code: "site-undo-late",
    });
    await world.call("sites.undo", { profile, id: second?.id ?? "" });
    expect(await page.request("items.get", { key: "undo" })).toMatchObject({ value: { a: 1 } });
    await world.call("sites.undo", { profile, id: file?.id ?? "" });
    const call = page.begin("files.get", { path: "u.txt" });
    await page.answer(call);
    expect(await (await page.read(call)).text()).toBe("one");
    expect((await ledger()).filter(({ undo }) => undo === "undone")).toHaveLength(2);
    const [row] = await world.call("sites.list", { profile });
    expect(row).toMatchObject({ state: "active", grant: { origin }, permitted: true });
    expect(row?.days[0]?.requests).toBeGreaterThan(10);
  });

  test("pauses, goes on, and ends it at once, also what is under way; all it stored can be deleted", async () => {
    const { profile } = world;
    await world.call("sites.pause", { profile, origin, paused: true });
    await expect(page.request("items.get", { key: "x" })).rejects.toMatchObject({ code: "refused" });
    expect(page.sent()).toContainEqual({ type: "event", event: { name: "disconnect", reason: "paused" } });
    await world.call("sites.pause", { profile, origin, paused: false });
    await page.request("items.get", { key: "x" });
    const index = { profile, sortKey: "holdall#site#https_notes.example" };
    expect(await world.call("items.get", index)).toMatchObject({ attributes: { origin: { S: origin } } });
    expect(await world.call("sites.areas", { profile })).toEqual([]);
    expect(await world.call("sites.deleteData", { profile, origin })).toMatchObject({ left: 0 });
    await expect(world.call("items.get", index)).rejects.toMatchObject({ code: "item-missing" });
    await page.request("items.put", { key: "left", value: {} });
    expect(await page.request("items.query", {})).toMatchObject({ items: [{ key: "left" }] });
    await world.control("POST", "/faults", { operation: "GetItem", kind: "delay", ms: 3000 });
    const call = page.begin("items.get", { key: "slow" });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const before = Date.now();
    await world.call("sites.revoke", { profile, origin });
    expect((await page.answer(call)).result).toMatchObject({ ok: false });
    expect(Date.now() - before).toBeLessThan(1500);
    await world.control("DELETE", "/faults");
    expect(page.sent()).toContainEqual({ type: "event", event: { name: "disconnect", reason: "revoked" } });
    await vi.waitFor(() => expect(page.port.isOpen()).toBe(false));
    expect(world.fake.action.marks.size).toBe(0);
    expect(await world.call("sites.areas", { profile })).toEqual([origin]);
    expect(world.fake.granted.has("https://notes.example/*")).toBe(false);
    expect(await openSitePage(world, origin).hello()).toBe(false);
  });
});
