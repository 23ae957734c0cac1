import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type BackgroundWorld, createBackgroundWorld } from "./support/background-world.ts";

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
  await world.call("session.signOut", { profile });
  // The provider is told in the background; the next test's log begins after it, however busy the machine is.
  for (let round = 0, quiet = 0; quiet < 2 && round < 50; round++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    quiet = (await world.requests()).length === 0 ? quiet + 1 : 0;
  }
});

const text = (value: string) => ({ text: { S: value } });
const session = async () => (await world.view()).session;
const secretsKept = () =>
  [...world.fake.storage.session.values.keys()].filter((key) => /^(?:session|pending|draft|deletion)\//.test(key));

async function keptSession(): Promise<Record<string, unknown>> {
  const stored = await world.fake.storage.session.get(`session/${profile}`);
  return stored[`session/${profile}`] as Record<string, unknown>;
}

/** Time passes for what is kept: tokens and credentials are past their end. Answers the refresh token. */
async function endTokens(): Promise<unknown> {
  const kept = await keptSession();
  const credentials = { ...(kept.credentials as object), expiresAt: Date.now() - 1000 };
  const ended = { ...kept, credentials, idTokenExpiresAt: Date.now() - 1000 };
  await world.fake.storage.session.set({ [`session/${profile}`]: ended });
  await world.restart();
  return kept.refreshToken;
}

describe("signing in at a real provider", () => {
  test("shows who it is, and what is there by one request each", async () => {
    await world.signIn("alice");
    expect(await session()).toMatchObject({
      state: "signed-in",
      identity: { id: "local|alice-7f3a", name: "Alice Archer" },
    });
    const requests = await world.requests();
    expect(requests.filter((one) => one.startsWith("sts"))).toEqual(["sts:AssumeRoleWithWebIdentity"]);
    expect(requests.filter((one) => one === "issuer:token")).toHaveLength(1);
    // The items of late, and the captures that came since.
    expect(requests.slice(-3).sort()).toEqual(["dynamodb:Query", "dynamodb:Query", "s3:ListObjectsV2"]);
    await world.call("view.get", {});
    expect(await world.requests()).toEqual([]);
  });

  test("closing the window leaves nobody signed in", async () => {
    world.window.who = null;
    await expect(world.call("session.signIn", { profile })).rejects.toMatchObject({ code: "sign-in-cancelled" });
    expect(await session()).toMatchObject({ state: "signed-out", error: { code: "sign-in-cancelled" } });
    expect(secretsKept()).toEqual([]);
  });

  test("without the permission for the issuer's host says which", async () => {
    world.fake.granted.clear();
    await expect(world.call("session.signIn", { profile })).rejects.toMatchObject({
      code: "permission-needed",
      facts: { subs: ["127.0.0.1"] },
    });
    expect(await session()).toMatchObject({ state: "signed-out", error: { code: "permission-needed" } });
    world.fake.granted.add("http://127.0.0.1/*");
    expect(await world.requests()).toEqual([]);
  });
});

describe("a session", () => {
  test("outlives the background, and nothing is asked for again", async () => {
    await world.signIn("alice");
    await world.call("items.save", { profile, sortKey: "kept", attributes: text("x"), basis: null });
    await world.requests();
    await world.restart();
    const view = await world.view();
    expect(view.session).toMatchObject({ state: "signed-in", identity: { id: "local|alice-7f3a" } });
    expect(view.recent.items.map(({ sortKey }) => sortKey)).toContain("kept");
    expect(await world.requests()).toEqual([]);
    await world.call("items.get", { profile, sortKey: "kept" });
    expect(await world.requests()).toEqual(["dynamodb:GetItem"]);
  });

  test("that AWS ended is renewed by one STS call, and the request is made again", async () => {
    await world.signIn("alice");
    // Credentials this new are not taken for the ones that AWS means.
    await new Promise((resolve) => setTimeout(resolve, 2100));
    await world.requests();
    await world.control("POST", "/sessions/expire");
    const { items } = await world.call("items.list", { profile });
    expect(items).toBeInstanceOf(Array);
    const requests = (await world.requests()).filter((one) => !/discovery|jwks|revocation|endSession/.test(one));
    expect(requests).toEqual(["dynamodb:Query", "sts:AssumeRoleWithWebIdentity", "dynamodb:Query"]);
  });

  test("is wiped within a second though the provider hangs; what was under way is dropped", async () => {
    await world.signIn("alice");
    await world.fake.storage.session.set({ [`draft/${profile}/new`]: "typed", [`deletion/${profile}/alice/1`]: {} });
    await world.control("POST", "/faults", { operation: "revocation", kind: "delay", ms: 3000 });
    await world.control("POST", "/faults", { operation: "Query", kind: "delay", ms: 300 });
    const listing = world.call("items.list", { profile }).catch((error: { code: string }) => error.code);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const began = Date.now();
    await world.call("session.signOut", { profile });
    expect(Date.now() - began).toBeLessThan(1000);
    expect(await session()).toEqual({ state: "signed-out", error: null });
    await vi.waitFor(() => expect(secretsKept()).toEqual([]));
    expect(await listing).toBe("signed-out");
  });

  test("leaves no secret outside storage.session", async () => {
    await world.signIn("alice");
    const kept = [...world.fake.storage.session.values].find(([key]) => key.startsWith("session/"))?.[1];
    const { idToken, refreshToken, credentials } = kept as {
      idToken: string;
      refreshToken: string;
      credentials: Record<string, string>;
    };
    const secrets = [idToken, refreshToken, credentials.secretAccessKey, credentials.sessionToken];
    const elsewhere = JSON.stringify([...world.fake.storage.local.values, await world.view()]);
    for (const secret of secrets) {
      expect(String(secret).length).toBeGreaterThan(10);
      expect(elsewhere).not.toContain(secret);
    }
  });

  test("is begun silently after the extension was updated, when somebody was signed in", async () => {
    await world.signIn("alice");
    world.fake.storage.session.values.clear();
    world.window.who = null;
    await world.restart();
    // What was shown last may have been kept after the memory was cleared.
    await vi.waitFor(async () => expect(await session()).toMatchObject({ state: "signed-out" }));
    world.fake.runtime.onInstalled.emit({ reason: "update" });
    await vi.waitFor(async () => expect(await session()).toMatchObject({ state: "signed-in" }));
  });

  test("is renewed at the provider by one refresh and one STS call, for any number of commands", async () => {
    await world.signIn("alice");
    const first = await endTokens();
    await world.requests();
    const lists = Array.from({ length: 100 }, () => world.call("items.list", { profile }));
    await Promise.all(lists);
    const requests = (await world.requests()).filter(
      (one) => one !== "dynamodb:Query" && !/discovery|jwks|revocation|endSession/.test(one),
    );
    expect(requests).toEqual(["issuer:token", "sts:AssumeRoleWithWebIdentity"]);
    expect((await keptSession()).refreshToken).not.toBe(first);
  });

  test("that the provider ended asks for a sign-in, and keeps what is shown", async () => {
    await world.signIn("alice");
    // Nobody writes before the page shows whose it is.
    await expect.poll(async () => (await world.view()).recent.state).toBe("loaded");
    await world.call("items.save", { profile, sortKey: "shown", attributes: text("x"), basis: null });
    await endTokens();
    await world.control("POST", "/issuer/revoke", { person: "alice", sessions: true });
    await expect(world.call("items.list", { profile })).rejects.toMatchObject({ code: "session-ended" });
    const view = await world.view();
    expect(view.session).toMatchObject({ state: "needs-sign-in", identity: { id: "local|alice-7f3a" } });
    expect(view.recent.items.map(({ sortKey }) => sortKey)).toContain("shown");
    await world.signIn("alice");
    expect(await session()).toMatchObject({ state: "signed-in", error: null });
  });

  test("that the provider ended and somebody else takes up leaves them nothing of the one before", async () => {
    await world.signIn("alice");
    await world.call("items.save", { profile, sortKey: "hers", attributes: text("x"), basis: null });
    await endTokens();
    await world.control("POST", "/issuer/revoke", { person: "alice", sessions: true });
    await expect(world.call("items.list", { profile })).rejects.toMatchObject({ code: "session-ended" });
    await world.fake.storage.session.set({ [`draft/${profile}/new`]: "typed" });
    await world.signIn("bob");
    expect(secretsKept()).toEqual([`session/${profile}`]);
    const shown = JSON.stringify([await world.view(), world.fake.storage.session.values.get("view")]);
    for (const trace of ["hers", "alice-7f3a"]) expect(shown).not.toContain(trace);
  });

  test("goes on after the provider rotated its keys", async () => {
    await world.signIn("alice");
    await world.control("POST", "/issuer/rotate-keys", { forget: true });
    const [key, kept] = [...world.fake.storage.session.values].find(([name]) => name.startsWith("keys/")) ?? [];
    await world.fake.storage.session.set({
      [String(key)]: { ...(kept as object), uat: Math.floor(Date.now() / 1000) - 120 },
    });
    await endTokens();
    await world.call("items.list", { profile });
    expect(await session()).toMatchObject({ state: "signed-in", error: null });
  });
});

describe("the packaged profile", () => {
  test("is there, can be looked at by the app, and hands out no secret", async () => {
    const { text: exported } = await world.call("profiles.export", { id: profile });
    expect(JSON.parse(exported)).toEqual(world.aws.profile);
    const preview = await world.call("profiles.preview", { text: exported });
    expect(preview).toMatchObject({ id: profile, replaces: true, hosts: ["http://127.0.0.1/*"], foreignSts: null });
    const stolen = { ...world.aws.profile, endpoints: { sts: "https://x.execute-api.eu-central-1.amazonaws.com" } };
    expect(await world.call("profiles.preview", { text: JSON.stringify(stolen) })).toMatchObject({
      foreignSts: "x.execute-api.eu-central-1.amazonaws.com",
      hosts: expect.arrayContaining(["https://x.execute-api.eu-central-1.amazonaws.com/*"]),
    });
    await expect(world.call("profiles.preview", { text: "{" })).rejects.toMatchObject({ code: "profile-not-json" });
    await expect(world.call("profiles.export", { id: profile }, "/popup.html")).rejects.toMatchObject({
      code: "message-refused",
    });
  });

  test("gives way to another that is imported, whose person sees nothing of this one", async () => {
    await world.signIn("alice");
    const { text: exported } = await world.call("profiles.export", { id: profile });
    const other = JSON.stringify({ ...JSON.parse(exported), name: "Other", clientId: "somebody-else" });
    const { id } = await world.call("profiles.import", { text: other });
    expect(await world.view()).toMatchObject({
      activeProfile: id,
      session: { state: "signed-out" },
      recent: { state: "empty" },
    });
    await expect(world.call("session.signIn", { profile: id })).rejects.toMatchObject({
      code: "client-refused",
      facts: { subs: ["somebody-else"] },
    });
    await world.call("profiles.select", { id: profile });
    expect(await session()).toMatchObject({ state: "signed-in", identity: { id: "local|alice-7f3a" } });
    await world.call("profiles.remove", { id });
    expect((await world.view()).profiles).toHaveLength(1);
  });
});
