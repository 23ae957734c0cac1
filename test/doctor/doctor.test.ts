import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { CheckRun } from "../../src/messaging/checks-view.ts";
import { type BackgroundWorld, createBackgroundWorld } from "../background/support/background-world.ts";

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
  await world.control("POST", "/clock", { offsetMs: 0 });
  await world.call("session.signOut", { profile });
});

const doctor = async (): Promise<CheckRun | null> => (await world.view()).checks.doctor;

async function run(): Promise<CheckRun> {
  await world.call("checks.start", { profile, kind: "doctor" });
  return await vi.waitFor(
    async () => {
      const now = await doctor();
      if (now === null || now.endedAt === null) throw new Error("it runs");
      return now;
    },
    { timeout: 30_000, interval: 20 },
  );
}

const states = (one: CheckRun) => Object.fromEntries(one.steps.map(({ id, state }) => [id, state]));
const failures = (one: CheckRun) => one.steps.filter(({ state }) => state === "failed");

describe("a run with everything right", () => {
  test("is green from end to end, in less than five seconds", async () => {
    await world.signIn("alice");
    const done = await run();
    expect(failures(done)).toEqual([]);
    expect([...new Set(Object.values(states(done)))]).toEqual(["passed"]);
    expect((done.endedAt ?? 0) - done.startedAt).toBeLessThan(5000);
  });
});
