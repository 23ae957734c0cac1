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
const state = async () => await world.sessions.state(profileId);
const record = () => world.store.values.get(`session/${profileId}`) as Record<string, unknown>;

describe("credentials", () => {
  test("cost nothing while they last", async () => {
    pass(50 * minute);
    await world.sessions.credentials(profileId);
    expect(world.provider.calls).toEqual([]);
    expect(world.sts).toEqual([]);
  });

  test("for 1,000 callers after their end: one refresh, one STS call", async () => {
    pass(61 * minute);
    const all = await Promise.all(Array.from({ length: 1000 }, () => world.sessions.credentials(profileId)));
    expect(new Set(all.map(({ accessKeyId }) => accessKeyId)).size).toBe(1);
    expect(world.provider.calls.filter((call) => call.startsWith("token"))).toEqual(["token refresh"]);
    expect(world.sts).toHaveLength(1);
  });

  test("are renewed five minutes before their end, and the old ones are given out meanwhile", async () => {
    pass(56 * minute);
    const old = await world.sessions.credentials(profileId);
    expect(old.accessKeyId).toBe("ASIA1");
    await vi.waitFor(async () => expect((await world.sessions.credentials(profileId)).accessKeyId).toBe("ASIA2"));
    expect(world.sts).toHaveLength(1);
  });

  test("that AWS calls expired cost one STS call and no refresh", async () => {
    pass(minute);
    const all = await Promise.all(Array.from({ length: 50 }, () => world.sessions.credentials(profileId, true)));
    expect(new Set(all.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(["ASIA2"]));
    // A caller whose complaint is about the ones before.
    expect((await world.sessions.credentials(profileId, true)).accessKeyId).toBe("ASIA2");
    expect(world.sts).toHaveLength(1);
    expect(world.provider.calls).toEqual([]);
  });

  test("outlive the background", async () => {
    pass(61 * minute);
    const sessions = world.restart();
    expect((await sessions.credentials(profileId)).accessKeyId).toBe("ASIA2");
    expect(await sessions.state(profileId)).toMatchObject({ state: "signed-in" });
  });

  test("by alarm, only while somebody needs them; a 15-minute session after 90 %", async () => {
    expect(world.alarms.get(profileId)).toBe(Date.now() + 55 * minute);
    pass(56 * minute);
    world.settings.needed = false;
    await world.sessions.renewIfNeeded(profileId);
    expect(world.sts).toEqual([]);
    world.settings.needed = true;
    world.settings.lifetime = 15 * minute;
    const before = Date.now();
    await world.sessions.renewIfNeeded(profileId);
    await vi.waitFor(() => expect(world.sts).toHaveLength(1));
    await vi.waitFor(() => expect(Number(world.alarms.get(profileId)) - before).toBeLessThan(14 * minute));
    expect(Number(world.alarms.get(profileId)) - before).toBeGreaterThanOrEqual(13.5 * minute);
  });
});

describe("a renewal", () => {
  test("rotates the refresh token and keeps the new one before anything else", async () => {
    const first = record().refreshToken;
    pass(61 * minute);
    world.settings.stsError = new HoldallError("sts-unreachable");
    await expect(world.sessions.credentials(profileId)).rejects.toMatchObject({ code: "sts-unreachable" });
    expect(record().refreshToken).not.toBe(first);
    expect(world.provider.refreshTokens.has(String(record().refreshToken))).toBe(true);
    expect(await state()).toMatchObject({ state: "signed-in", error: { code: "sts-unreachable" } });
    world.settings.stsError = null;
    await world.sessions.credentials(profileId);
    expect(await state()).toMatchObject({ state: "signed-in", error: null });
  });

  test("whose answer was lost does not send the same refresh token again: the provider's session is used", async () => {
    pass(61 * minute);
    world.provider.faults.push({ operation: "token refresh", fault: "lost" });
    await world.sessions.credentials(profileId);
    expect(world.provider.calls.filter((call) => !/keys|discovery/.test(call))).toEqual([
      "token refresh",
      "window silent",
      "token code",
    ]);
  });

  test("that the background's end cut off counts the refresh token as used", async () => {
    pass(61 * minute);
    world.provider.faults.push({ operation: "token refresh", fault: "hangs" });
    void world.sessions.credentials(profileId).catch(() => {});
    await vi.waitFor(() => expect(world.provider.calls).toContain("token refresh"));
    const sessions = world.restart();
    world.provider.calls.length = 0;
    await sessions.credentials(profileId);
    expect(world.provider.calls).toContain("window silent");
    expect(world.provider.calls).not.toContain("token refresh");
  });

  test("repeats a refresh that the provider turned away as busy", async () => {
    pass(61 * minute);
    world.provider.faults.push({ operation: "token refresh", fault: new Response("", { status: 503 }) });
    await world.sessions.credentials(profileId);
    expect(world.provider.calls.filter((call) => call.startsWith("token"))).toEqual(["token refresh", "token refresh"]);
  });

  test("goes on with the ID token while it lasts when the provider does not answer", async () => {
    pass(55.5 * minute);
    world.provider.faults.push({ operation: "token refresh", fault: "unreachable" });
    await world.sessions.credentials(profileId);
    await vi.waitFor(() => expect(world.sts).toHaveLength(1));
    expect(world.provider.calls).not.toContain("window silent");
  });

  test("after invalid_grant uses the provider's session, and asks the person when there is none", async () => {
    pass(61 * minute);
    world.provider.refreshTokens.clear();
    await world.sessions.credentials(profileId);
    expect(world.provider.calls).toContain("window silent");

    pass(61 * minute);
    world.provider.refreshTokens.clear();
    world.provider.cookie = null;
    await expect(world.sessions.credentials(profileId)).rejects.toMatchObject({ code: "session-ended" });
    expect(await state()).toMatchObject({ state: "needs-sign-in", identity: { id: "local|alice" } });
    expect(record()).toMatchObject({ idToken: null, refreshToken: null, credentials: null });
    // Whoever waits is told so without another request, also after a restart.
    world.provider.calls.length = 0;
    await expect(world.restart().credentials(profileId)).rejects.toMatchObject({ code: "session-ended" });
    expect(world.provider.calls).toEqual([]);
    await world.sessions.signIn(profileId);
    expect(await state()).toMatchObject({ state: "signed-in" });
  });

  test("that comes back as somebody else wipes the session", async () => {
    pass(61 * minute);
    world.provider.refreshTokens.clear();
    world.provider.cookie = "local|bob";
    await expect(world.sessions.credentials(profileId)).rejects.toMatchObject({ code: "identity-changed" });
    expect(await state()).toEqual({ state: "signed-out", error: { code: "identity-changed", facts: {} } });
    expect(record()).toBeUndefined();
    expect(world.sts).toEqual([]);
  });

  test("whose ID token AWS takes for somebody else wipes the session", async () => {
    pass(61 * minute);
    world.settings.stsIdentity = "local|bob";
    await expect(world.sessions.credentials(profileId)).rejects.toMatchObject({ code: "identity-changed" });
    expect(record()).toBeUndefined();
  });

  test("without network waits for it", async () => {
    pass(61 * minute);
    world.settings.online = false;
    await expect(world.sessions.credentials(profileId)).rejects.toMatchObject({ code: "offline" });
    expect(world.provider.calls).toEqual([]);
    expect(await state()).toMatchObject({ state: "signed-in", error: { code: "offline" } });
    world.settings.online = true;
    await world.sessions.credentials(profileId);
  });

  test("that fails early is not tried again for every caller", async () => {
    pass(56 * minute);
    world.settings.stsError = new HoldallError("sts-unreachable");
    for (let caller = 0; caller < 20; caller++) {
      await world.sessions.credentials(profileId);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(world.sts.length).toBeLessThanOrEqual(2);
  });
});
