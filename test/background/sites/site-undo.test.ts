/** What an undo finds gone, or never knew: it says so, and takes nothing away. */
import { DeleteItemCommand } from "@aws-sdk/client-dynamodb";
import { DeleteObjectCommand, ListObjectVersionsCommand } from "@aws-sdk/client-s3";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { accessAs } from "../../support/aws-access.ts";
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

/** Another site for each test. */
async function connected(): Promise<void> {
  sites += 1;
  origin = `https://site${sites}.example`;
  await connectSite(world, origin);
  page = openSitePage(world, origin);
  expect(await page.hello()).toBe(true);
}

const newest = async () => (await world.call("sites.ledger", { profile: world.profile, origin })).rows[0];
const undo = async (row = newest()) => world.call("sites.undo", { profile: world.profile, id: (await row)?.id ?? "" });
const file = (text: string) => page.request("files.put", { path: "a.txt", body: new Blob([text]) });

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

describe("a file's write", () => {
  test("keeps the file when the version before has ended", async () => {
    await connected();
    await file("one");
    await file("two!");
    const { s3, bucket: Bucket, identity, close } = await accessAs(world, "alice");
    const Prefix = `${identity}/apps/https_site${sites}.example/a.txt`;
    const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix }));
    // As the bucket's rule does after 30 days.
    const VersionId = Versions.find(({ IsLatest }) => IsLatest === false)?.VersionId;
    await s3.send(new DeleteObjectCommand({ Bucket, Key: Prefix, VersionId }));
    close();
    await expect(undo()).rejects.toMatchObject({ code: "site-undo-impossible" });
    expect(await page.request("files.head", { path: "a.txt" })).toMatchObject({ size: 4 });
    expect(await newest()).toMatchObject({ method: "files.head" });
    const put = (await world.call("sites.ledger", { profile: world.profile, origin })).rows[1];
    expect(put).toMatchObject({ method: "files.put", undo: "too-old" });
  });

  test("that made the file is undone by its end", async () => {
    await connected();
    await file("one");
    await undo();
    expect(await page.request("files.head", { path: "a.txt" })).toBeNull();
  });
});

describe("an item's write whose answer was lost", () => {
  const lose = (operation: string) => world.control("POST", "/faults", { operation, kind: "cutAfter", count: 1 });
  const start = async () =>
    (await page.request("items.put", { key: "k", value: { a: 1, b: 1 } })) as { version: string };

  test.each([
    ["PutItem", "items.put", { key: "k", value: { a: 2 } }, { a: 2 }],
    ["UpdateItem", "items.update", { key: "k", set: { a: 2 } }, { a: 2, b: 1 }],
    ["DeleteItem", "items.delete", { key: "k" }, null],
  ] as const)("by %s is not said to be undoable", async (operation, method, params, after) => {
    for (const matched of [true, false]) {
      await connected();
      const { version } = await start();
      await lose(operation);
      const answer = await page.request(method, matched ? { ...params, ifMatch: version } : params);
      if (method === "items.update") expect(answer).toMatchObject({ value: after });
      expect(await newest()).toMatchObject({ method, outcome: "done", undo: "unknown" });
      await expect(undo()).rejects.toMatchObject({ code: "site-undo-impossible" });
      const now = await page.request("items.get", { key: "k" });
      if (after === null) expect(now).toBeNull();
      else expect(now).toMatchObject({ value: after });
    }
  });

  test("a deletion of what was not there changed nothing", async () => {
    await connected();
    await page.request("items.delete", { key: "k" });
    expect(await newest()).toMatchObject({ method: "items.delete", undo: "not-a-write" });
  });
});

test("an update of more attributes than an expression takes is written under the same conditions", async () => {
  await connected();
  const set = Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`name${at}`, at]));
  const put = (change: object) => page.request("items.update", { key: "many", set, ...change });
  const { version } = (await put({ ifMatch: null })) as { version: string };
  await expect(put({ ifMatch: null })).rejects.toMatchObject({ code: "conflict" });
  await expect(put({ ifMatch: "0" })).rejects.toMatchObject({ code: "conflict" });
  const next = (await put({ ifMatch: version, set: { ...set, name0: "x" }, remove: ["gone"] })) as object;
  await expect(put({ ifMatch: version })).rejects.toMatchObject({ code: "conflict" });
  expect(await page.request("items.get", { key: "many" })).toEqual(next);
});

describe("after all that a site stored was deleted", () => {
  test("nothing of it can be brought back, and no value is kept for it", async () => {
    await connected();
    await page.request("items.put", { key: "k", value: { secret: 1 } });
    await page.request("items.put", { key: "k", value: { secret: 2 } });
    await file("one");
    await world.call("sites.deleteData", { profile: world.profile, origin });
    const { rows } = await world.call("sites.ledger", { profile: world.profile, origin });
    expect(rows.map((row) => row.undo)).toEqual(["deleted", "deleted", "deleted"]);
    await expect(undo()).rejects.toMatchObject({ code: "site-undo-impossible" });
  });

  test("by another device, what it goes on to write is found by its name again", async () => {
    await connected();
    const { profile } = world;
    await page.request("items.put", { key: "a", value: {} });
    const { dynamodb, table: TableName, identity, close } = await accessAs(world, "alice");
    const { partitionKey, sortKey } = world.aws.profile.table;
    const Key = { [partitionKey]: { S: identity }, [sortKey]: { S: `holdall#site#https_site${sites}.example` } };
    await dynamodb.send(new DeleteItemCommand({ TableName, Key }));
    close();
    const now = Date.now() + 61_000;
    const clock = vi.spyOn(Date, "now").mockImplementation(() => now);
    await page.request("items.put", { key: "b", value: {} });
    clock.mockRestore();
    await world.call("sites.revoke", { profile, origin });
    expect(await world.call("sites.areas", { profile })).toContain(origin);
  });
});
