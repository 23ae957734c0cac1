/** The doctor on the other ways to credentials. */
import { afterEach, describe, expect, test, vi } from "vitest";
import type { LocalAwsInfo } from "../../local/info.ts";
import type { CheckRun } from "../../src/messaging/checks-view.ts";
import type { Profile } from "../../src/shared/profile.ts";
import { type BackgroundWorld, createBackgroundWorld } from "../background/support/background-world.ts";
import { firstFailure, notPassed } from "./support/doctor-world.ts";

const browser = vi.hoisted(() => {
  const holder: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(holder.current, key) }) });
  return holder;
});

let world: BackgroundWorld;

async function start(packaged: (aws: LocalAwsInfo) => Profile[]): Promise<void> {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  world = await createBackgroundWorld((fake) => {
    browser.current = fake;
  }, packaged);
}

afterEach(async () => {
  await world.close();
  vi.restoreAllMocks();
});

async function run(): Promise<CheckRun> {
  await world.call("checks.start", { profile: world.profile, kind: "doctor" });
  return await vi.waitFor(
    async () => {
      const { doctor } = (await world.view()).checks;
      if (doctor === null || doctor.endedAt === null) throw new Error("it runs");
      return doctor;
    },
    { timeout: 30_000, interval: 20 },
  );
}

describe("an identity pool", () => {
  test("is green: the pool is asked for the identity that was there before", async () => {
    await start(({ profiles }) => [profiles[1]]);
    await world.signIn("alice");
    const done = await run();
    expect(notPassed(done)).toEqual({});
    expect(done.steps.find(({ id }) => id === "exchange")?.facts.host).toBe(
      new URL(world.aws.profiles[1].endpoints.cognitoIdentity ?? "").host,
    );
  });

  test("that refuses a token which the provider took back: the exchange fails", async () => {
    await start(({ profiles }) => [profiles[1]]);
    await world.signIn("alice");
    await world.control("POST", "/issuer/revoke", { person: "alice" });
    expect(firstFailure(await run())).toMatchObject({ id: "exchange", error: { code: "token-refused" } });
  });
});

test("a role that the person chose is the one that is tried", async () => {
  await start(({ profiles }) => [profiles[2]]);
  world.window.who = world.aws.people.find(({ name }) => name === "alice") ?? null;
  const { profile } = world;
  await world.call("session.signIn", { profile }, "/popup.html");
  const { applications } = await world.call("session.roles", { profile });
  await world.call("session.chooseRole", { profile, role: applications[0]?.roles[0]?.arn ?? "" });
  expect(firstFailure(await run())).toBeUndefined();
});
