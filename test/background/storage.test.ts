import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { noTransfers } from "../../src/messaging/view.ts";
import { type BackgroundWorld, createBackgroundWorld } from "./support/background-world.ts";

const browser = vi.hoisted(() => {
  const holder: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(holder.current, key) }) });
  return holder;
});

let world: BackgroundWorld;
let profile: string;

beforeAll(async () => {
  world = await createBackgroundWorld((fake) => {
    browser.current = fake;
  });
  profile = world.profile;
}, 30_000);

afterAll(async () => {
  await world.close();
});

beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
});

afterEach(async () => {
  vi.restoreAllMocks();
  await world.control("DELETE", "/faults");
  await world.call("session.signOut", { profile });
  // The provider is told in the background; the next test's log begins after it.
  await new Promise((resolve) => setTimeout(resolve, 100));
  await world.requests();
});

const text = (value: string) => ({ text: { S: value } });
const secretsKept = () =>
  [...world.fake.storage.session.values.keys()].filter((key) => /^(?:session|pending|draft)\//.test(key));

async function upload(path: string, content = "hello"): Promise<void> {
  const file = new Blob([content], { type: "text/plain" });
  const files = [{ file, size: file.size, path }];
  const { ids } = await world.call("files.upload", { profile, files, ifExists: "replace" });
  await vi.waitFor(async () => {
    const transfer = (await world.view()).transfers.rows.find(({ id }) => id === ids[0]);
    expect(transfer).toMatchObject({ state: "done" });
  });
}

describe("items and files", () => {
  test("are written, shown without another request, and deleted", async () => {
    await world.signIn("alice");
    await world.requests();
    const row = await world.call("items.save", { profile, sortKey: "note", attributes: text("one"), basis: null });
    expect((await world.view()).recent.items).toContainEqual(row);
    await upload("docs/a.txt");
    await vi.waitFor(async () =>
      expect((await world.view()).recent.files).toMatchObject([{ path: "docs/a.txt", size: 5 }]),
    );
    const [shown] = (await world.view()).recent.files;
    expect(await world.requests()).toEqual(["dynamodb:PutItem", "s3:PutObject"]);
    const { files } = await world.call("files.list", { profile, prefix: "docs/" });
    expect(files).toMatchObject([{ path: "docs/a.txt", etag: shown?.etag }]);
    const etag = shown?.etag ?? "";
    expect(await world.call("files.keepsVersions", { profile, path: "docs/a.txt" })).toBe(true);
    const { deleteMarker } = await world.call("files.delete", { profile, path: "docs/a.txt", etag });
    expect((await world.view()).recent.files).toEqual([]);
    await world.call("files.undelete", { profile, path: "docs/a.txt", deleteMarker: deleteMarker ?? "" });
    expect((await world.view()).recent.files).toMatchObject([{ path: "docs/a.txt" }]);
    await world.call("items.delete", { profile, sortKey: "note", basis: row.attributes });
    expect((await world.view()).recent.items).toEqual([]);
  });

  test("that were deleted are forgotten at the sign-out", async () => {
    await world.signIn("alice");
    await upload("gone.txt");
    const [shown] = (await world.view()).recent.files;
    const { deleteMarker } = await world.call("files.delete", { profile, path: "gone.txt", etag: shown?.etag ?? "" });
    await world.call("session.signOut", { profile });
    await world.signIn("alice");
    await world.call("files.undelete", { profile, path: "gone.txt", deleteMarker: deleteMarker ?? "" });
    // Nobody remembers the row: the next listing brings it back.
    expect((await world.view()).recent.files.map(({ path }) => path)).not.toContain("gone.txt");
    await world.call("recent.refresh", { profile });
    expect((await world.view()).recent.files.map(({ path }) => path)).toContain("gone.txt");
  });

  test("of one person are not there for the next", async () => {
    await world.signIn("alice");
    await world.call("items.save", { profile, sortKey: "alice's", attributes: text("x"), basis: null });
    await upload("alice.txt");
    await world.call("session.signOut", { profile });
    expect((await world.view()).recent).toMatchObject({ state: "empty", files: [], items: [] });
    expect((await world.view()).transfers).toEqual(noTransfers);
    await world.signIn("bob");
    const view = await world.view();
    expect(view.recent).toMatchObject({ state: "loaded", files: [], items: [] });
    expect(view.transfers).toEqual(noTransfers);
    expect(JSON.stringify([...world.fake.storage.session.values])).not.toContain("alice");
    await expect(world.call("items.get", { profile, sortKey: "alice's" })).rejects.toMatchObject({
      code: "item-missing",
    });
  });

  test("for another profile than the shown one are refused", async () => {
    await world.signIn("alice");
    for (const [command, input] of [
      ["items.get", { profile: "other", sortKey: "a" }],
      ["files.save", { profile: "other", path: "a" }],
      ["session.signOut", { profile: "other" }],
      ["recent.refresh", { profile: "other" }],
    ] as const) {
      await expect(world.call(command, input)).rejects.toMatchObject({ code: "profile-not-active" });
    }
  });

  test("need a session", async () => {
    await expect(world.call("items.get", { profile, sortKey: "a" })).rejects.toMatchObject({ code: "signed-out" });
    await expect(world.call("files.save", { profile, path: "a" })).rejects.toMatchObject({ code: "signed-out" });
  });
});

test("a file's name that S3 could not hold is refused before it is taken", async () => {
  await world.signIn("alice");
  const file = new Blob(["x"]);
  const files = [{ file, size: 1, path: "a//b" }];
  const { refused } = await world.call("files.upload", { profile, files, ifExists: "fail" });
  expect(refused).toMatchObject([{ index: 0, error: { code: "name-empty" } }]);
  // Transfers of alice that ended before may be told again.
  expect((await world.view()).transfers.rows.map(({ path }) => path)).not.toContain("a//b");
});

describe("a damaged journal", () => {
  test("takes the transfers away and nothing else", async () => {
    vi.stubGlobal("indexedDB", { open: () => raise(new Error("damaged")) });
    await world.restart();
    await world.signIn("alice");
    await world.call("items.save", { profile, sortKey: "still", attributes: text("works"), basis: null });
    const file = new Blob(["x"]);
    const files = [{ file, size: 1, path: "a" }];
    await expect(world.call("files.upload", { profile, files, ifExists: "fail" })).rejects.toMatchObject({
      code: "journal-damaged",
    });
    await world.call("session.signOut", { profile });
    await vi.waitFor(() => expect(secretsKept()).toEqual([]));
  });
});

function raise(error: Error): never {
  throw error;
}
