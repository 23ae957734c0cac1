/** What sessions cost, counted on the servers, and profiles that share a provider. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type BackgroundWorld, createBackgroundWorld } from "./support/background-world.ts";

const browser = vi.hoisted(() => {
  const holder: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(holder.current, key) }) });
  return holder;
});

let world: BackgroundWorld;
/** Web identity, identity pool, and a role from the directory. */
let ids: [string, string, string];

beforeEach(async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  world = await createBackgroundWorld(
    (fake) => {
      browser.current = fake;
    },
    ({ profiles }) => profiles,
  );
  const { profiles } = await world.view();
  const idOf = (name: string) => profiles.find((profile) => profile.name === name)?.id ?? "";
  ids = [idOf("Local"), idOf("Local pool"), idOf("Local roles")];
}, 30_000);

afterEach(async () => {
  await world.control("DELETE", "/faults");
  await world.call("session.signOutAll", {});
  await world.close();
  vi.restoreAllMocks();
});

const signIn = async (profile: string, name = "alice") => {
  await world.call("profiles.select", { id: profile });
  world.window.who = world.aws.people.find((person) => person.name === name) ?? null;
  await world.call("session.signIn", { profile });
};
const record = (profile: string) => world.fake.storage.session.values.get(`session/${profile}`) as object;
/** Time passes for what is kept: tokens and credentials are past their end. */
async function endTokens(profile: string): Promise<void> {
  const kept = record(profile) as { credentials: object };
  const credentials = { ...kept.credentials, expiresAt: Date.now() - 1000 };
  await world.fake.storage.session.set({
    [`session/${profile}`]: { ...kept, credentials, idTokenExpiresAt: Date.now() - 1000 },
  });
  await world.restart();
}
const counts = async () => {
  const all = (await world.control("GET", "/requests/count")) as Record<string, number>;
  return Object.fromEntries(Object.entries(all).filter(([name]) => /^(token|Assume|GetId|GetCred|roles)/.test(name)));
};
const session = async () => (await world.view()).session;

describe("1,000 callers at once, when tokens and credentials are over", () => {
  const callers = async (profile: string) => {
    await world.call("items.save", { profile, sortKey: "one", attributes: { text: { S: "1" } }, basis: null });
    await endTokens(profile);
    await world.control("DELETE", "/requests");
    const gets = Array.from({ length: 1000 }, () => world.call("items.get", { profile, sortKey: "one" }));
    const rows = await Promise.all(gets);
    expect(rows.every((row) => row?.sortKey === "one")).toBe(true);
  };

  test("are one refresh and one request to STS", { timeout: 60_000 }, async () => {
    await signIn(ids[0]);
    await callers(ids[0]);
    expect(await counts()).toEqual({ "token 200": 1, "AssumeRoleWithWebIdentity 200": 1 });
  });

  test("are one refresh and one request to the identity pool", { timeout: 60_000 }, async () => {
    await signIn(ids[1]);
    await callers(ids[1]);
    expect(await counts()).toEqual({ "token 200": 1, "GetCredentialsForIdentity 200": 1 });
  });

  test("who meet a change of role are one refresh, and have credentials", { timeout: 60_000 }, async () => {
    await signIn(ids[2]);
    const { applications } = await world.call("session.roles", { profile: ids[2] });
    const [everything, reader] = applications[0]?.roles ?? [];
    if (everything === undefined || reader === undefined) throw new Error("roles are missing");
    await world.call("session.chooseRole", { profile: ids[2], role: everything.arn });
    await endTokens(ids[2]);
    await world.control("DELETE", "/requests");
    const gets = () => Array.from({ length: 200 }, () => world.call("items.list", { profile: ids[2] }));
    const before = gets();
    const changing = world.call("session.chooseRole", { profile: ids[2], role: reader.arn });
    await Promise.all([changing, ...before, ...gets()]);
    expect(await session()).toMatchObject({ state: "signed-in", role: { arn: reader.arn }, error: null });
    // Whichever came first: one ID token serves the renewal and the change, or the change is the renewal.
    const { "AssumeRoleWithWebIdentity 200": exchanges, ...others } = await counts();
    expect(others).toEqual({ "token 200": 1 });
    expect(exchanges).toBeLessThanOrEqual(2);
  });
});

describe("a sign-in beyond the pages", () => {
  test("costs one token and one request to STS", async () => {
    await signIn(ids[0]);
    expect(await counts()).toEqual({ "token 200": 1, "AssumeRoleWithWebIdentity 200": 1 });
  });

  test("costs one question more to the directory, and nothing of AWS before the choice", async () => {
    await signIn(ids[2]);
    expect(await counts()).toEqual({ "token 200": 1, "roles 200": 1 });
  });
});

describe("two profiles of one provider", () => {
  test("are two people's at once; neither sees the other, and one signed out leaves the other in", async () => {
    await signIn(ids[0], "alice");
    await world.call("items.save", { profile: ids[0], sortKey: "hers", attributes: { text: { S: "x" } }, basis: null });
    // The provider's own session is alice's: only another account makes it bob's.
    await world.call("profiles.select", { id: ids[1] });
    world.window.who = world.aws.people.find(({ name }) => name === "bob") ?? null;
    await world.call("session.signIn", { profile: ids[1], another: true });
    expect(await session()).toMatchObject({ state: "signed-in", identity: { name: "Bob Baker" } });
    const his = JSON.stringify([await world.view(), record(ids[1])]);
    for (const trace of ["hers", "alice-7f3a", "Alice"]) expect(his).not.toContain(trace);
    await expect(world.call("items.list", { profile: ids[0] })).rejects.toMatchObject({ code: "profile-not-active" });
    await world.call("session.signOut", { profile: ids[1] });
    await world.call("profiles.select", { id: ids[0] });
    expect(await session()).toMatchObject({ state: "signed-in", identity: { id: "local|alice-7f3a" } });
    const { items } = await world.call("items.list", { profile: ids[0] });
    expect(items.map(({ sortKey }) => sortKey)).toEqual(["hers"]);
  });

  test("answers that come after the profile was changed are shown to nobody", async () => {
    await signIn(ids[0], "alice");
    await world.call("items.save", { profile: ids[0], sortKey: "hers", attributes: { text: { S: "x" } }, basis: null });
    await signIn(ids[1], "alice");
    await world.call("profiles.select", { id: ids[0] });
    for (const operation of ["Query", "ListObjectsV2"]) {
      await world.control("POST", "/faults", { operation, kind: "delay", ms: 600, times: 2 });
    }
    const late = world.call("recent.refresh", { profile: ids[0] }).catch(() => null);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await world.call("profiles.select", { id: ids[1] });
    await late;
    await new Promise((resolve) => setTimeout(resolve, 800));
    const view = await world.view();
    expect(view.activeProfile).toBe(ids[1]);
    expect(JSON.stringify(view)).not.toContain("hers");
  });

  test("tokens of one that come after it was signed out are dropped, and the other stays as it is", async () => {
    await signIn(ids[1]);
    await signIn(ids[0]);
    await endTokens(ids[0]);
    await world.control("POST", "/faults", { operation: "token", kind: "delay", ms: 800 });
    const listing = world.call("items.list", { profile: ids[0] }).catch((error: { code: string }) => error.code);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await world.call("session.signOut", { profile: ids[0] });
    expect(await listing).toBe("signed-out");
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(record(ids[0])).toBeUndefined();
    await world.call("profiles.select", { id: ids[1] });
    expect(await session()).toMatchObject({ state: "signed-in" });
  });
});
