/** Sites' sessions on AWS while the person's ID token is over: their credentials last longer than it. */
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { SessionRecord } from "../../src/auth/session-record.ts";
import { type BackgroundWorld, createBackgroundWorld } from "./support/background-world.ts";
import { connectSite, openSitePage } from "./support/site-page.ts";

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
  await connectSite(world, origin);
});

beforeEach(async () => {
  const key = `session/${world.profile}`;
  const { idToken } = (await world.control("POST", "/issuer/tokens", { person: "alice", expiresIn: -4000 })) as {
    idToken: string;
  };
  // Two seconds count as new: those would not be renewed.
  const kept = (await world.fake.storage.session.get(key))[key] as SessionRecord;
  await world.fake.storage.session.set({
    [key]: { ...kept, idToken, idTokenExpiresAt: Date.now() - 4_000_000, obtainedAt: Date.now() - 60_000 },
  });
  await world.restart();
  world.fake.granted.add(`${origin}/*`);
  await world.requests();
});

afterAll(async () => {
  await world.close();
  vi.restoreAllMocks();
});

const exchanges = async () =>
  ((await world.control("GET", "/requests?operation=AssumeRoleWithWebIdentity")) as { status: number }[]).map(
    ({ status }) => status,
  );

test("a site's request renews it, and is answered", async () => {
  const page = openSitePage(world, origin);
  expect(await page.hello()).toBe(true);
  await page.request("items.put", { key: "later", value: { n: 1 } });
  expect(await page.request("items.get", { key: "later" })).toMatchObject({ value: { n: 1 } });
  // Refused, the person's own renewal, the site's.
  expect(await exchanges()).toEqual([400, 200, 200]);
});

test("so does the isolation proof", async () => {
  await world.call("checks.start", { profile: world.profile, kind: "proof" });
  const done = await vi.waitFor(
    async () => {
      const { proof } = (await world.view()).checks;
      if (proof === null || proof.endedAt === null) throw new Error("it runs");
      return proof;
    },
    { timeout: 20_000, interval: 50 },
  );
  expect(done.steps.filter(({ state }) => state !== "passed").map(({ id, state }) => [id, state])).toEqual([]);
  expect((await exchanges()).slice(0, 3)).toEqual([400, 200, 200]);
}, 30_000);
