/** A site that was given all of the person's items must not learn from them what Holdall keeps among them. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type BackgroundWorld, createBackgroundWorld } from "../support/background-world.ts";
import { connectSite, openSitePage } from "../support/site-page.ts";

const browser = vi.hoisted(() => {
  const holder: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(holder.current, key) }) });
  return holder;
});

const own = ["a", "holdall", 'holdall"', "holdall$", "z"];
const prefixes = ["", "hold", "holdall", "holdall#", "holdall#site#", "z"];
let world: BackgroundWorld;
let page: ReturnType<typeof openSitePage>;

beforeAll(async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  world = await createBackgroundWorld((fake) => {
    browser.current = fake;
  });
  await world.signIn("alice");
  await connectSite(world, "https://reader.example", { ownItems: true });
  page = openSitePage(world, "https://reader.example");
  await page.hello();
  for (const key of own) await page.request("items.put", { key, value: {} });
});
afterAll(async () => {
  await world.call("session.signOut", { profile: world.profile });
  await world.close();
  vi.restoreAllMocks();
});

type Page = { items: { key: string }[]; cursor: string | null };

async function walk(query: object, from?: string): Promise<{ keys: string[]; cursor: string | null }[]> {
  const pages: { keys: string[]; cursor: string | null }[] = [];
  for (let cursor: string | null | undefined = from; cursor !== null; ) {
    const next = (await page.request("items.query", { ...query, ...(cursor && { cursor }) })) as Page;
    cursor = next.cursor;
    pages.push({ keys: next.items.map(({ key }) => key), cursor: cursor && atob(cursor) });
  }
  return pages;
}

/** Everything that can be asked about them. */
async function asked(): Promise<object[]> {
  const all: object[] = [];
  for (const descending of [false, true]) {
    for (const limit of [1, 2, 3, 100]) {
      for (const prefix of prefixes) {
        const pages = await walk({ prefix, limit, descending });
        const keys = own.filter((key) => key.startsWith(prefix));
        expect(pages.flatMap((one) => one.keys)).toEqual(descending ? keys.toReversed() : keys);
        expect(JSON.stringify(pages)).not.toContain("holdall#");
        all.push(pages);
      }
      for (const made of ["holdall#", "holdall#person", "holdall#site#https_n", "holdall#site#https_z", "holdall#z"]) {
        all.push(await walk({ limit, descending }, btoa(JSON.stringify(made))));
      }
    }
  }
  return all;
}

test("answers and cursors are the same however many other sites are connected", async () => {
  const before = await asked();
  for (const name of ["notes", "photos"]) {
    await connectSite(world, `https://${name}.example`);
    const other = openSitePage(world, `https://${name}.example`);
    await other.hello();
    await other.request("items.put", { key: "k", value: {} });
  }
  const kept = await world.call("items.list", { profile: world.profile, prefix: "holdall#" });
  expect(kept.items.length).toBeGreaterThan(3);
  expect(await asked()).toEqual(before);
});

test("they can be neither read nor changed, by themselves or in a batch, and nobody is told of them", async () => {
  const key = "holdall#site#https_notes.example";
  const refused = { code: "refused" };
  for (const [method, params] of [
    ["items.get", {}],
    ["items.put", { value: {} }],
    ["items.update", { set: { a: 1 } }],
    ["items.delete", {}],
  ] as const) {
    await expect(page.request(method, { key, ...params })).rejects.toMatchObject(refused);
  }
  const operations = [{ get: { key } }, { put: { key, value: {} } }, { delete: { key } }];
  const each = { ok: false, error: refused };
  expect(await page.request("items.batch", { operations })).toMatchObject([each, each, each]);
  expect(page.sent().filter(({ type }) => type === "event")).toEqual([]);
});
