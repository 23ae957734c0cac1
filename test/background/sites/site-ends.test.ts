/** What is under way when the person pauses, changes or ends a connection, signs out, or takes a permission away. */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type BackgroundWorld, createBackgroundWorld } from "../support/background-world.ts";
import { connectSite, openSitePage, terms } from "../support/site-page.ts";

const browser = vi.hoisted(() => {
  const holder: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(holder.current, key) }) });
  return holder;
});

let world: BackgroundWorld;
let origin: string;
let page: ReturnType<typeof openSitePage>;
let sites = 0;

/** Another site for each test. */
async function connected(change: object = {}): Promise<void> {
  sites += 1;
  origin = `https://site${sites}.example`;
  await connectSite(world, origin, change);
  page = openSitePage(world, origin);
  expect(await page.hello()).toBe(true);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const slow = (operation: string, ms = 1500) => world.control("POST", "/faults", { operation, kind: "delay", ms });
/** Requests of this site's own partition. */
async function sent(operation: string): Promise<number> {
  const log = (await world.control("GET", `/requests?operation=${operation}`)) as { key?: string }[];
  return log.filter(({ key }) => key?.includes(`#app#https_site${sites}.example`)).length;
}
const codeOf = async (call: number) => (await page.answer(call)).result?.error?.code;

beforeAll(async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  world = await createBackgroundWorld((fake) => {
    browser.current = fake;
  });
  await world.signIn("alice");
});
afterEach(async () => {
  await world.control("DELETE", "/faults");
});
afterAll(async () => {
  await world.close();
  vi.restoreAllMocks();
});

describe("a write that was not sent yet", () => {
  test.each(["pause", "revoke"] as const)("is not sent after a %s", async (what) => {
    await connected();
    // The first write of a site waits for the item that names it.
    await slow("PutItem");
    const call = page.begin("items.put", { key: "late", value: {} });
    await pause(300);
    const input = { profile: world.profile, origin };
    if (what === "pause") await world.call("sites.pause", { ...input, paused: true });
    else await world.call("sites.revoke", input);
    expect(await codeOf(call)).toBe(what === "pause" ? "refused" : "not-connected");
    await pause(2000);
    expect(await sent("PutItem")).toBe(0);
  });

  test("is sent when nothing happens", async () => {
    await connected();
    await slow("PutItem", 300);
    await page.request("items.put", { key: "late", value: {} });
    expect(await sent("PutItem")).toBe(1);
  });
});

describe("a request under way", () => {
  test("ends when less is allowed, and goes on when more is", async () => {
    await connected({ files: "read" });
    await slow("GetItem");
    const change = (part: object) =>
      world.call("sites.change", { profile: world.profile, origin, ...terms, files: "read", ...part } as never);
    const goesOn = page.begin("items.get", { key: "a" });
    await pause(200);
    await change({ files: "write" });
    expect((await page.answer(goesOn)).result).toEqual({ ok: true, value: null });
    await slow("GetItem");
    const ends = page.begin("items.get", { key: "a" });
    await pause(200);
    await change({ files: "none" });
    expect(await codeOf(ends)).toBe("unavailable");
  });

  test("that the page cancels itself is cancelled", async () => {
    await connected();
    await slow("GetItem");
    const call = page.begin("items.get", { key: "a" });
    await pause(100);
    page.send({ type: "cancel", call });
    expect(await codeOf(call)).toBe("cancelled");
  });

  test("for a file ends between two pieces, and its reader is told", async () => {
    await connected();
    await page.request("files.put", { path: "a.bin", body: new Blob([new Uint8Array(2_500_000)]) });
    const call = page.begin("files.get", { path: "a.bin" });
    await page.answer(call);
    page.send({ type: "more", call });
    const ofFile = () => page.sent().filter(({ call: of }) => of === call);
    await vi.waitFor(() => expect(ofFile().at(-1)?.type).toBe("piece"));
    await world.call("sites.pause", { profile: world.profile, origin, paused: true });
    expect(ofFile().at(-1)).toMatchObject({ type: "failed", error: { code: "refused" } });
    page.send({ type: "more", call });
    await pause(100);
    expect(ofFile().at(-1)?.type).toBe("failed");
  });
});

test("a file's bytes count as they are read, and not before", async () => {
  await connected({ limits: { requestsPerMinute: 600, bytesPerDay: 4_000_000 } });
  await page.request("files.put", { path: "a.bin", body: new Blob([new Uint8Array(2_500_000)]) });
  const read = async () => (await world.call("sites.list", { profile: world.profile })).at(-1)?.days[0]?.read;
  const some = page.begin("files.get", { path: "a.bin", end: 1_500_000 });
  await page.answer(some);
  expect(await read()).toBe(0);
  page.send({ type: "more", call: some });
  await vi.waitFor(async () => expect(await read()).toBe(1_000_000));
  // What does not fit into the day is refused before anything is fetched or sent.
  for (const [method, params] of [
    ["files.get", { path: "a.bin" }],
    ["files.put", { path: "b.bin", body: new Blob([new Uint8Array(600_000)]) }],
  ] as const) {
    await expect(page.request(method, params)).rejects.toMatchObject({ code: "over-limit", detail: "bytes" });
  }
  // Nobody read what was not given.
  const [gotNothing] = (await world.call("sites.ledger", { profile: world.profile, origin })).rows;
  expect(gotNothing).toMatchObject({ method: "files.get", outcome: "failed" });
  await page.request("files.put", { path: "b.bin", body: new Blob([new Uint8Array(500_000)]) });
});

test("what was cut off counts from when bytes began to go, and not before", async () => {
  await connected();
  const { profile } = world;
  const moved = async () => {
    const day = (await world.call("sites.list", { profile })).find(({ grant }) => grant.origin === origin)?.days[0];
    return { read: day?.read, written: day?.written };
  };
  const put = (path: string) => page.begin("files.put", { path, body: new Blob([new Uint8Array(1_200_000)]) });
  const cancel = async (call: number) => {
    await pause(400);
    page.send({ type: "cancel", call });
    expect(await codeOf(call)).toBe("cancelled");
    await world.control("DELETE", "/faults");
  };
  await slow("HeadObject");
  await cancel(put("a.bin"));
  const soon = { timeout: 5000 };
  await vi.waitFor(async () => expect(await moved()).toEqual({ read: 0, written: 0 }), soon);
  await slow("PutObject");
  await cancel(put("a.bin"));
  await vi.waitFor(async () => expect(await moved()).toEqual({ read: 0, written: 1_200_000 }), soon);
  await page.answer(put("b.bin"));
  const call = page.begin("files.get", { path: "b.bin" });
  await page.answer(call);
  await slow("GetObject");
  page.send({ type: "more", call });
  await pause(400);
  page.send({ type: "cancel", call });
  await vi.waitFor(async () => expect(await moved()).toEqual({ read: 1_000_000, written: 2_400_000 }), soon);
});

test("all that a site stored is deleted, however large its items", async () => {
  await connected();
  const { profile } = world;
  const text = "x".repeat(300_000);
  for (let at = 0; at < 9; at++) await page.request("items.put", { key: `k${at}`, value: { text } });
  let left = 1;
  let calls = 0;
  while (left > 0) {
    ({ left } = await world.call("sites.deleteData", { profile, origin }));
    calls += 1;
  }
  // The store gives a megabyte at a time.
  expect(calls).toBeGreaterThan(1);
  expect(await page.request("items.query", {})).toMatchObject({ items: [] });
});

test("an older deletion cannot be undone below a later one", async () => {
  await connected();
  const { profile } = world;
  const write = () => page.request("files.put", { path: "a.txt", body: new Blob(["x"]) });
  await write();
  await page.request("files.delete", { path: "a.txt" });
  await write();
  await page.request("files.delete", { path: "a.txt" });
  const deletions = async () =>
    (await world.call("sites.ledger", { profile, origin })).rows.filter(({ method }) => method === "files.delete");
  const [later, older] = await deletions();
  await expect(world.call("sites.undo", { profile, id: older?.id ?? "" })).rejects.toMatchObject({
    code: "site-undo-late",
  });
  expect((await deletions()).map(({ undo }) => undo)).toEqual(["possible", "possible"]);
  await world.call("sites.undo", { profile, id: later?.id ?? "" });
  expect(await page.request("files.head", { path: "a.txt" })).toMatchObject({ size: 1 });
});

test("a file whose answer was lost is found by what it is", async () => {
  await connected();
  const { profile } = world;
  await page.request("files.put", { path: "a.txt", body: new Blob(["one"]) });
  await world.control("POST", "/faults", { operation: "PutObject", kind: "cutAfter", count: 1 });
  expect(await page.request("files.put", { path: "a.txt", body: new Blob(["two!"]) })).toMatchObject({ size: 4 });
  const [put] = (await world.call("sites.ledger", { profile, origin })).rows;
  expect(put).toMatchObject({ method: "files.put", outcome: "done", undo: "possible" });
});

test("a page that the browser lets nobody into any more hears nothing else, and is told", async () => {
  await connected();
  world.fake.granted.delete(`${origin}/*`);
  world.fake.permissions.onRemoved.emit({});
  await vi.waitFor(() => expect(page.port.isOpen()).toBe(false));
  expect(page.sent()).toContainEqual({ type: "event", event: { name: "disconnect", reason: "revoked" } });
  expect(await openSitePage(world, origin).hello()).toBe(false);
  // The connection is there still: it goes on when the permission does.
  world.fake.granted.add(`${origin}/*`);
  expect(await openSitePage(world, origin).hello()).toBe(true);
});

test("what the person writes in Holdall is told to the pages that see it, under their own names", async () => {
  const { profile } = world;
  await connected({ folder: "shared/", ownItems: true });
  const other = page;
  await connected();
  const own = `apps/https_site${sites}.example/`;
  const save = (sortKey: string) =>
    world.call("items.save", { profile, sortKey, attributes: { a: { S: "x" } }, basis: null } as never);
  await save("mine");
  await page.request("files.put", { path: "a.txt", body: new Blob(["x"]) });
  await world.call("files.list", { profile, prefix: own });
  const { files } = await world.call("files.list", { profile, prefix: own });
  await world.call("files.delete", { profile, path: `${own}a.txt`, etag: files[0]?.etag } as never);
  const changes = (of: typeof page) =>
    (of.sent() as { type: string; event?: { name: string } }[])
      .filter(({ type, event }) => type === "event" && event?.name === "change")
      .map(({ event }) => event);
  expect(changes(other)).toEqual([{ name: "change", items: ["mine"], files: [] }]);
  await vi.waitFor(() => expect(changes(page)).toEqual([{ name: "change", items: [], files: ["a.txt"] }]));
});

test("the toolbar says whose page a tab shows now", async () => {
  await connected();
  const { marks } = world.fake.action;
  const tab = [...marks.keys()].at(-1) ?? 0;
  expect(marks.get(tab)).toBe("•");
  await world.call("sites.pause", { profile: world.profile, origin, paused: true });
  expect(marks.has(tab)).toBe(false);
  await world.call("sites.pause", { profile: world.profile, origin, paused: false });
  expect(marks.get(tab)).toBe("•");
  page.port.onDisconnect.emit(page.port);
  await vi.waitFor(() => expect(marks.has(tab)).toBe(false));
});

test("of whoever signed out nothing is written down afterwards", async () => {
  await connected();
  await page.request("items.put", { key: "a", value: { secret: "first" } });
  await slow("PutItem", 800);
  const call = page.begin("items.put", { key: "a", value: { secret: "second" } });
  await pause(300);
  await world.call("session.signOut", { profile: world.profile });
  expect(await codeOf(call)).toBe("signed-out");
  await pause(1500);
  await world.control("DELETE", "/faults");
  await world.signIn("alice");
  expect((await world.call("sites.ledger", { profile: world.profile, origin })).rows).toEqual([]);
});
