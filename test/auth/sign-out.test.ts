import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import { createWorld, profileId, type World } from "./support/world.ts";

let world: World;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.spyOn(console, "warn").mockImplementation(() => {});
  world = await createWorld();
  await world.sessions.signIn(profileId);
  world.provider.calls.length = 0;
  world.sts.length = 0;
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const minute = 60_000;
const pass = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);
const code = (error: unknown) => (error instanceof HoldallError ? error.code : String(error));
const state = async () => await world.sessions.state(profileId);
const record = () => world.store.values.get(`session/${profileId}`) as Record<string, unknown>;

describe("a sign-out", () => {
  test("wipes at once though the provider hangs, then revokes and ends the provider's session", async () => {
    const token = String(record().refreshToken);
    world.provider.faults.push({ operation: "revoke", fault: "hangs" });
    await world.sessions.signOut(profileId);
    expect(record()).toBeUndefined();
    expect(await world.sessions.identity(profileId)).toBeNull();
    await expect(world.sessions.credentials(profileId)).rejects.toMatchObject({ code: "signed-out" });

    world = await createWorld();
    await world.sessions.signIn(profileId);
    await world.sessions.signOut(profileId);
    await vi.waitFor(() => expect(world.provider.calls).toContain("end"));
    expect(world.provider.calls).toContain("revoke");
    expect(world.provider.refreshTokens.has(token)).toBe(false);
    expect(world.provider.cookie).toBeNull();
  });

  test("tells the provider whose session it was in a body alone, never in an address", async () => {
    const idToken = String(record().idToken);
    const fetch = vi.spyOn(world.provider, "fetch");
    const launch = vi.spyOn(world.provider, "launch");
    await world.sessions.signOut(profileId);
    await vi.waitFor(() => expect(world.provider.calls).toContain("end"));
    const [, hint] = fetch.mock.calls.find(([url]) => String(url).endsWith("/logout")) ?? [];
    expect(hint).toMatchObject({ method: "POST", redirect: "manual", cache: "no-store" });
    expect(new URLSearchParams(hint?.body as URLSearchParams).get("id_token_hint")).toBe(idToken);
    const addresses = [...fetch.mock.calls, ...launch.mock.calls].map(([url]) => String(url));
    expect(addresses.length).toBeGreaterThan(2);
    for (const address of addresses) expect(address).not.toContain(idToken);
  });

  test("makes the provider ask who it is at the next sign-in", async () => {
    await world.sessions.signOut(profileId);
    const launch = vi.spyOn(world.provider, "launch");
    await world.sessions.signIn(profileId);
    const url = launch.mock.calls.map(([one]) => new URL(one)).find((one) => one.searchParams.has("nonce"));
    expect(url?.searchParams.get("prompt")).toBe("login consent");
  });

  test("drops what was under way: nobody gets it, nothing of it is kept", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 25 }), async (turns) => {
        world = await createWorld();
        await world.sessions.signIn(profileId);
        pass(61 * minute);
        const outcome = world.sessions.credentials(profileId).then(
          () => "credentials",
          (error: unknown) => code(error),
        );
        for (let turn = 0; turn < turns; turn++) await Promise.resolve();
        await world.sessions.signOut(profileId);
        expect(await outcome).toBe("signed-out");
        await new Promise((resolve) => setTimeout(resolve, 5));
        expect(record()).toBeUndefined();
        expect(await state()).toEqual({ state: "signed-out", error: null });
      }),
      { numRuns: 15 },
    );
  });

  test("during the sign-in window leaves nobody signed in", async () => {
    world = await createWorld();
    const { launch } = world.provider;
    let release = () => {};
    world.provider.launch = async (url, interactive) => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return await launch(url, interactive);
    };
    const signing = world.sessions.signIn(profileId).catch(code);
    await vi.waitFor(() => expect(world.store.values.has(`pending/${profileId}`)).toBe(true));
    await world.sessions.signOut(profileId);
    release();
    expect(await signing).not.toBeUndefined();
    expect(record()).toBeUndefined();
    expect(await state()).toMatchObject({ state: "signed-out" });
  });

  test("while the window is open leaves the next sign-in its own window", async () => {
    world = await createWorld();
    const { launch } = world.provider;
    const releases: (() => void)[] = [];
    world.provider.launch = async (url, interactive) => {
      await new Promise<void>((resolve) => releases.push(resolve));
      return await launch(url, interactive);
    };
    const first = world.sessions.signIn(profileId).catch(code);
    await vi.waitFor(() => expect(releases).toHaveLength(1));
    await world.sessions.signOut(profileId);
    const second = world.sessions.signIn(profileId);
    // The wait for the provider to hear of the sign-out uses the same window.
    await vi.waitFor(() => expect(releases.length).toBeGreaterThan(1));
    releases[0]?.();
    expect(await first).toBe("cancelled");
    const release = setInterval(() => releases.forEach((one) => void one()), 5);
    await second;
    clearInterval(release);
    expect(await state()).toMatchObject({ state: "signed-in" });
  });

  test("before the window opened opens none, and keeps no verifier", async () => {
    world = await createWorld();
    await world.sessions.signIn(profileId);
    await world.sessions.signOut(profileId);
    await vi.waitFor(() => expect(world.provider.calls).toContain("end"));
    world.provider.calls.length = 0;
    const { get } = world.store;
    let release = () => {};
    // The provider's metadata is kept: nothing on the way to the window asks the network, which a sign-out would cut off.
    world.store.get = async (key) => {
      if (key.startsWith("discovery/")) await new Promise<void>((resolve) => (release = resolve));
      return await get(key);
    };
    const signing = world.sessions.signIn(profileId).catch(code);
    await vi.waitFor(() => expect(release).not.toBe(undefined));
    await new Promise((resolve) => setTimeout(resolve, 20));
    world.store.get = get;
    await world.sessions.signOut(profileId);
    release();
    expect(await signing).toBe("cancelled");
    expect(world.provider.calls.filter((call) => call === "window")).toEqual([]);
    expect(world.store.values.has(`pending/${profileId}`)).toBe(false);
  });

  test("is remembered even when the background ends with the secrets' wipe", async () => {
    world = await createWorld();
    await world.sessions.signIn(profileId);
    world.store.remove = () => new Promise(() => {});
    void world.sessions.signOut(profileId);
    await vi.waitFor(() => expect(world.notes.values.get(`last/${profileId}`)).toBe("out"));
  });
});
