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
