/** Two profiles of one person in one background: nothing of one is seen, answered or written in the other (CASES 12). */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type BackgroundWorld, createBackgroundWorld } from "../background/support/background-world.ts";

const browser = vi.hoisted(() => {
  const holder: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(holder.current, key) }) });
  return holder;
});

let world: BackgroundWorld;
let web: string;
let pool: string;

const within = (check: () => Promise<unknown> | unknown) => vi.waitFor(check, { timeout: 10_000, interval: 50 });
const show = (id: string) => world.call("profiles.select", { id }, "/popup.html");
const state = async () => (await world.view()).session.state;
const text = (value: string) => ({ text: { S: value } });
const kept = (prefix: string) =>
  [...world.fake.storage.session.values.keys()]
    .filter((key) => key.startsWith(`${prefix}/`))
    .map((key) => key.split("/")[1]);

async function signIn(profile: string, name: string): Promise<void> {
  await show(profile);
  world.window.who = world.aws.people.find((person) => person.name === name) ?? null;
  await world.call("session.signIn", { profile }, "/popup.html");
  await within(async () => expect((await world.view()).recent.state).toBe("loaded"));
}

beforeAll(async () => {
  world = await createBackgroundWorld(
    (fake) => {
      browser.current = fake;
    },
    ({ profiles }) => [...profiles.slice(0, 2)],
  );
  const { profiles } = await world.view();
  web = profiles.find(({ name }) => name === "Local")?.id ?? "";
  pool = profiles.find(({ name }) => name === "Local pool")?.id ?? "";
  await signIn(web, "alice");
  await signIn(pool, "alice");
}, 60_000);

beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
});

afterAll(async () => {
  await world?.close();
});

describe("two profiles", { timeout: 60_000 }, () => {
  test("each keep their own session, and switching costs no sign-in and no request to the provider", async () => {
    expect(new Set(kept("session"))).toEqual(new Set([web, pool]));
    await world.requests();
    const launch = vi.spyOn(world.window, "launch");
    for (const id of [web, pool, web, pool]) {
      await show(id);
      expect([await state(), (await world.view()).activeProfile]).toEqual(["signed-in", id]);
    }
    expect(launch).not.toHaveBeenCalled();
    expect((await world.requests()).filter((one) => /^(?:issuer|sts|cognito)/.test(one))).toEqual([]);
  });

  test("each see their own items, also right after a switch", async () => {
    await show(web);
    await world.call("items.save", { profile: web, sortKey: "mine", attributes: text("web"), basis: null });
    await show(pool);
    await world.call("items.save", { profile: pool, sortKey: "mine", attributes: text("pool"), basis: null });
    for (const [id, value] of [
      [web, "web"],
      [pool, "pool"],
    ] as const) {
      await show(id);
      expect(await world.call("items.get", { profile: id, sortKey: "mine" })).toMatchObject({
        attributes: text(value),
      });
      await within(async () => {
        const { recent } = await world.view();
        expect(recent.items.find(({ sortKey }) => sortKey === "mine")?.attributes).toMatchObject(text(value));
      });
    }
  });

  test("never show a row of the other, while one is switched under load and answers come late", async () => {
    await world.control("POST", "/faults", { operation: "Query", kind: "delay", ms: 150, count: null });
    const wrong: string[] = [];
    const saved: Promise<unknown>[] = [];
    for (let round = 0; round < 12; round++) {
      const id = round % 2 === 0 ? web : pool;
      await show(id);
      saved.push(world.call("recent.refresh", { profile: id }).catch(() => null));
      saved.push(
        world
          .call("items.save", { profile: id, sortKey: `r${round}`, attributes: text(id), basis: null })
          .catch((error: { code: string }) => error.code),
      );
      for (let look = 0; look < 4; look++) {
        const { activeProfile, recent } = await world.view();
        const mine = activeProfile === web ? ["web", web] : ["pool", pool];
        for (const { sortKey, attributes } of recent.items) {
          const value = (attributes as { text?: { S?: string } }).text?.S ?? "";
          if (!mine.includes(value)) wrong.push(`${sortKey} of ${value} in ${activeProfile}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
    }
    await Promise.all(saved);
    await world.control("DELETE", "/faults");
    expect(wrong).toEqual([]);
    // What was written, was written where it was meant.
    for (const [id, mine] of [
      [web, 0],
      [pool, 1],
    ] as const) {
      await show(id);
      const { items } = await world.call("items.list", { profile: id, prefix: "r" });
      for (const { sortKey, attributes } of items) {
        expect([sortKey, Number(sortKey.slice(1)) % 2, attributes]).toMatchObject([sortKey, mine, text(id)]);
      }
    }
  });

  test("a command for the one that is not shown is refused: a click lands nowhere else", async () => {
    await show(web);
    const refused = { code: "profile-not-active" };
    const item = { profile: pool, sortKey: "x", attributes: text("x"), basis: null };
    await expect(world.call("items.save", item)).rejects.toMatchObject(refused);
    await expect(world.call("session.signOut", { profile: pool })).rejects.toMatchObject(refused);
    await expect(world.call("files.list", { profile: pool, prefix: "" })).rejects.toMatchObject(refused);
  });

  test("an answer under way when one is signed out is dropped, and the other notices nothing", async () => {
    await show(web);
    await world.control("POST", "/faults", { operation: "ListObjectsV2", kind: "delay", ms: 400, count: 1 });
    const late = world.call("files.list", { profile: web, prefix: "" });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await world.call("session.signOut", { profile: web });
    await expect(late).rejects.toMatchObject({ code: "signed-out" });
    await world.control("DELETE", "/faults");
    expect(kept("session")).toEqual([pool]);
    await show(pool);
    expect(await state()).toBe("signed-in");
    expect(await world.call("items.get", { profile: pool, sortKey: "mine" })).toMatchObject({
      attributes: text("pool"),
    });
    await signIn(web, "alice");
  });

  test("one that is removed takes its session with it, and leaves the other's", async () => {
    await show(web);
    await world.call("profiles.remove", { id: web });
    expect(kept("session")).toEqual([pool]);
    const { profiles, activeProfile } = await world.view();
    expect([profiles.map(({ id }) => id), activeProfile, await state()]).toEqual([[pool], pool, "signed-in"]);
  });
});
