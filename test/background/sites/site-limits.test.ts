/** How much a site has under way at once, and what is written down of what it may not do. */
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { mostParallel } from "../../../src/messaging/site-limits.ts";
import { type BackgroundWorld, createBackgroundWorld } from "../support/background-world.ts";
import { connectSite, openSitePage } from "../support/site-page.ts";

const browser = vi.hoisted(() => {
  const holder: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(holder.current, key) }) });
  return holder;
});

let world: BackgroundWorld;
let origin: string;
let page: ReturnType<typeof openSitePage>;
let sites = 0;
/** Requests for ranges of files that are not answered yet, and the most there were. */
const ranges = { now: 0, most: 0 };

beforeAll(async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  world = await createBackgroundWorld((fake) => {
    browser.current = fake;
  });
  await world.signIn("alice");
  const send = globalThis.fetch;
  vi.stubGlobal("fetch", async (...[input, init]: Parameters<typeof fetch>) => {
    if (!new Headers(init?.headers).has("range")) return await send(input, init);
    ranges.now += 1;
    ranges.most = Math.max(ranges.most, ranges.now);
    try {
      return await send(input, init);
    } finally {
      ranges.now -= 1;
    }
  });
});
afterEach(async () => void (await world.control("DELETE", "/faults")));
afterAll(async () => {
  await world.close();
  vi.restoreAllMocks();
});

async function connected(change: object = {}): Promise<void> {
  sites += 1;
  origin = `https://site${sites}.example`;
  await connectSite(world, origin, change);
  page = openSitePage(world, origin);
  expect(await page.hello()).toBe(true);
}

test("pieces of files have a place each among the requests of the site", async () => {
  await connected();
  await page.request("files.put", { path: "a", body: new Blob([new Uint8Array(1000)]) });
  const open = async () => {
    const call = page.begin("files.get", { path: "a" });
    await page.answer(call);
    return call;
  };
  const calls = await Promise.all(Array.from({ length: 3 * mostParallel }, open));
  const [unread = 0, gone = 0, ...read] = calls;
  await world.control("POST", "/faults", { operation: "GetObject", kind: "delay", ms: 300, count: null });
  ranges.most = 0;
  const all = Promise.all(read.map((call) => page.read(call)));
  // Who stops waiting takes no place, and neither does a file that nobody reads on.
  page.send({ type: "more", call: gone });
  page.send({ type: "cancel", call: gone });
  // In between, a request gets its turn.
  expect(await page.request("items.get", { key: "x" })).toBeNull();
  expect((await all).map(({ size }) => size)).toEqual(read.map(() => 1000));
  expect(ranges.most).toBe(mostParallel);
  expect((await page.read(unread)).size).toBe(1000);
});

const ledger = async () => (await world.call("sites.ledger", { profile: world.profile, origin })).rows;
async function today() {
  const all = await world.call("sites.list", { profile: world.profile });
  return all.find(({ grant }) => grant.origin === origin)?.days[0];
}

test("what a site tries beyond its grant is in the ledger, and counted", async () => {
  await connected({ items: "read", files: "none" });
  await expect(page.request("items.put", { key: "x", value: {} })).rejects.toMatchObject({ code: "refused" });
  await expect(page.request("files.list", { prefix: "p" })).rejects.toMatchObject({ code: "refused" });
  await page.request("items.batch", { operations: [{ get: { key: "x" } }, { put: { key: "y", value: {} } }] });
  const refused = { outcome: "refused", undo: "not-a-write" };
  const rows = await ledger();
  expect(rows.filter(({ outcome }) => outcome === "refused")).toMatchObject([
    { ...refused, method: "items.put", name: "y" },
    { ...refused, method: "files.list", name: "p" },
    { ...refused, method: "items.put", name: "x" },
  ]);
  expect(rows).toHaveLength(4);
  expect(await today()).toMatchObject({ requests: 4, refused: 3, written: 0 });
});
