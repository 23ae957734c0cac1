/** What is left of a profile's connected sites when it is removed. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type BackgroundWorld, createBackgroundWorld } from "../support/background-world.ts";
import { connectSite, openSitePage } from "../support/site-page.ts";

const browser = vi.hoisted(() => {
  const holder: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(holder.current, key) }) });
  return holder;
});

const origin = "https://notes.example";
let world: BackgroundWorld;

beforeAll(async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  world = await createBackgroundWorld(
    (fake) => {
      browser.current = fake;
    },
    ({ profiles }) => profiles,
  );
  await world.signIn("alice");
});

afterAll(async () => {
  await world.close();
  vi.restoreAllMocks();
});

test("what goes on for somebody who is not shown is not told to the pages of who is", async () => {
  const other = (await world.view()).profiles.find(({ id }) => id !== world.profile)?.id ?? "";
  await world.call("profiles.select", { id: other });
  await world.call("session.signIn", { profile: other });
  await connectSite({ ...world, profile: other }, origin, { folder: "shared/" });
  await world.control("POST", "/faults", { operation: "PutObject", kind: "delay", ms: 1500, count: 1 });
  const file = new Blob(["x"]);
  const upload = { profile: other, files: [{ file, size: file.size, path: "shared/hers.txt" }], ifExists: "fail" };
  await world.call("files.upload", upload as never);
  await world.call("profiles.select", { id: world.profile });
  await connectSite(world, origin, { folder: "shared/" });
  const page = openSitePage(world, origin);
  expect(await page.hello()).toBe(true);
  const puts = async () => ((await world.control("GET", "/requests?operation=PutObject")) as unknown[]).length;
  await vi.waitFor(async () => expect(await puts()).toBe(1), 10_000);
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(page.sent().filter(({ type }) => type === "event")).toEqual([]);
  await world.call("sites.revoke", { profile: world.profile, origin });
});

test("another profile's end is nothing to the pages of this one", async () => {
  const other = (await world.view()).profiles.find(({ id }) => id !== world.profile)?.id ?? "";
  await world.call("profiles.select", { id: other });
  await world.call("session.signIn", { profile: other });
  await world.call("profiles.select", { id: world.profile });
  await connectSite(world, origin);
  const page = openSitePage(world, origin);
  expect(await page.hello()).toBe(true);
  await world.control("POST", "/faults", { operation: "GetItem", kind: "delay", ms: 800, count: 1 });
  const call = page.begin("items.get", { key: "a" });
  await world.call("profiles.remove", { id: other });
  expect((await page.answer(call)).result).toEqual({ ok: true, value: null });
  expect(page.sent().filter(({ type }) => type === "event")).toEqual([]);
  await world.call("sites.revoke", { profile: world.profile, origin });
});

test("no script runs on them any more, the permission is given back, and their pages are told", async () => {
  await connectSite(world, origin);
  const page = openSitePage(world, origin);
  expect(await page.hello()).toBe(true);
  expect(world.fake.scripting.registered.size).toBe(1);
  await world.call("profiles.remove", { id: world.profile });
  expect(world.fake.scripting.registered.size).toBe(0);
  expect(world.fake.granted.has(`${origin}/*`)).toBe(false);
  await vi.waitFor(() => expect(page.port.isOpen()).toBe(false));
  expect(await openSitePage(world, origin).hello()).toBe(false);
});
