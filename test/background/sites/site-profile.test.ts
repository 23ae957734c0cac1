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
  world = await createBackgroundWorld((fake) => {
    browser.current = fake;
  });
  await world.signIn("alice");
});

afterAll(async () => {
  await world.close();
  vi.restoreAllMocks();
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
