/** Roles to choose from, identity pools, locks and other accounts, with a provider in memory. */
import { beforeEach, describe, expect, test } from "vitest";
import type { Profile } from "../../src/shared/profile.ts";
import { createWorld, profileId, type World } from "./support/world.ts";

const arn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const list: Profile["credentials"] = {
  kind: "webIdentity",
  role: { kind: "list", roles: ["writer", "reader"].map((name) => ({ arn: arn(name), name })) },
  durationSeconds: 3600,
};
const directory: Profile["credentials"] = {
  kind: "webIdentity",
  role: {
    kind: "directory",
    url: "https://roles.example.com/mine",
    audience: "https://roles.example.com",
    parameter: "resource",
  },
  durationSeconds: 3600,
};
const answer = (...names: string[]) =>
  Response.json({
    holdall: 1,
    applications: [{ name: "Files", roles: names.map((name) => ({ arn: arn(name), name })) }],
  });

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
const state = () => world.sessions.state(profileId);
const chosen = async (name: string) => {
  await world.sessions.signIn(profileId);
  await world.sessions.chooseRole(profileId, arn(name));
};

describe("a list of roles", () => {
  beforeEach(() => {
    world.settings.credentials = list;
  });

  test("has the person choose before anything is asked of STS, and nobody is signed in meanwhile", async () => {
    await world.sessions.signIn(profileId);
    expect(await state()).toEqual({
      state: "choosing-role",
      name: "Alice Archer",
      roles: 2,
      refused: null,
      error: null,
    });
    expect(world.roles).toEqual([]);
    expect(await world.sessions.identity(profileId)).toBeNull();
    await expect(world.sessions.credentials(profileId)).rejects.toMatchObject({ code: "session-ended" });
    expect((await world.sessions.roles(profileId)).applications).toMatchObject([{ name: "", roles: [{}, {}] }]);
    // Also after the background has ended.
    world.restart();
    expect(await state()).toMatchObject({ state: "choosing-role", roles: 2 });
    await world.sessions.chooseRole(profileId, arn("reader"));
    expect(await state()).toMatchObject({ state: "signed-in", role: { arn: arn("reader"), name: "reader", of: 2 } });
    expect(world.roles).toEqual([arn("reader")]);
    expect(world.provider.calls.filter((call) => call.startsWith("token"))).toEqual(["token code"]);
  });

  test("remembers the choice, and asks anew when the role is not offered any more", async () => {
    await chosen("reader");
    await world.sessions.signOut(profileId);
    await world.sessions.signIn(profileId);
    expect(await state()).toMatchObject({ state: "signed-in", role: { arn: arn("reader") } });
    await world.sessions.signOut(profileId);
    const roles = ["writer", "other"].map((name) => ({ arn: arn(name), name }));
    world.settings.credentials = { ...list, role: { kind: "list", roles } };
    await world.sessions.signIn(profileId);
    expect(await state()).toMatchObject({ state: "choosing-role", refused: null });
  });

  test("with one role asks nothing", async () => {
    const roles = [{ arn: arn("only"), name: "Only" }];
    world.settings.credentials = { ...list, role: { kind: "list", roles } };
    await world.sessions.signIn(profileId);
    expect(await state()).toMatchObject({ state: "signed-in", role: { arn: arn("only"), of: 1 } });
  });

  test("says which role IAM refused, and offers the others", async () => {
    world.settings.refusedRoles = [arn("writer")];
    await world.sessions.signIn(profileId);
    await expect(world.sessions.chooseRole(profileId, arn("writer"))).rejects.toMatchObject({ code: "trust-refused" });
    expect(await state()).toMatchObject({
      state: "choosing-role",
      refused: { arn: arn("writer"), name: "writer" },
      error: { code: "trust-refused" },
    });
    await world.sessions.chooseRole(profileId, arn("reader"));
    expect(await state()).toMatchObject({ state: "signed-in", error: null });
    // The remembered one refused: the same, at the sign-in.
    await world.sessions.signOut(profileId);
    world.settings.refusedRoles = [arn("reader")];
    await world.sessions.signIn(profileId);
    expect(await state()).toMatchObject({ state: "choosing-role", refused: { arn: arn("reader") } });
  });

  test("a change while signed in keeps the old session until the new one is there, or when it is refused", async () => {
    await chosen("writer");
    const before = await world.sessions.credentials(profileId);
    world.settings.refusedRoles = [arn("reader")];
    await expect(world.sessions.chooseRole(profileId, arn("reader"))).rejects.toMatchObject({ code: "trust-refused" });
    expect(await world.sessions.credentials(profileId)).toEqual(before);
    expect(await state()).toMatchObject({ state: "signed-in", role: { arn: arn("writer") }, error: null });
    world.settings.refusedRoles = [];
    await world.sessions.chooseRole(profileId, arn("reader"));
    expect(await world.sessions.credentials(profileId)).not.toEqual(before);
    expect(await state()).toMatchObject({ state: "signed-in", role: { arn: arn("reader") } });
    // The next renewal is of the new role.
    await world.sessions.credentials(profileId, true);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(world.roles.at(-1)).toBe(arn("reader"));
  });

  test("a role that is refused at a renewal has the person sign in, and then choose another", async () => {
    world.settings.lifetime = 10_000;
    await chosen("writer");
    world.settings.refusedRoles = [arn("writer")];
    await expect(world.sessions.credentials(profileId)).rejects.toMatchObject({ code: "trust-refused" });
    expect(await state()).toMatchObject({ state: "needs-sign-in", error: { code: "trust-refused" } });
    await world.sessions.signIn(profileId);
    expect(await state()).toMatchObject({ state: "choosing-role", refused: { arn: arn("writer") } });
    expect(await world.sessions.former(profileId)).toBe("local|alice");
    world.settings.lifetime = 3_600_000;
    await world.sessions.chooseRole(profileId, arn("reader"));
    expect(await state()).toMatchObject({ state: "signed-in", role: { arn: arn("reader") }, error: null });
  });

  test("a role that nobody offered is not tried", async () => {
    await world.sessions.signIn(profileId);
    await expect(world.sessions.chooseRole(profileId, arn("admin"))).rejects.toMatchObject({ code: "role-unknown" });
    expect(world.roles).toEqual([]);
  });

  test("two choices at once use the refresh token one after the other", async () => {
    await chosen("writer");
    const kept = (await world.store.get(`session/${profileId}`)) as object;
    await world.store.set(`session/${profileId}`, { ...kept, idTokenExpiresAt: Date.now() });
    world.restart();
    const before = world.provider.calls.length;
    await Promise.all(["reader", "writer", "reader"].map((name) => world.sessions.chooseRole(profileId, arn(name))));
    // The first renewal's ID token is good for the others.
    expect(world.provider.calls.slice(before).filter((call) => call.startsWith("token"))).toEqual(["token refresh"]);
    expect(await state()).toMatchObject({ state: "signed-in", role: { arn: arn("reader") } });
  });

  test("tokens that are over before a role is chosen lead back to the sign-in", async () => {
    await world.sessions.signIn(profileId);
    const kept = (await world.store.get(`session/${profileId}`)) as object;
    const ended = { idTokenExpiresAt: Date.now(), refreshToken: null };
    await world.store.set(`session/${profileId}`, { ...kept, ...ended });
    world.restart();
    world.provider.window = "needs-person";
    const choosing = world.sessions.chooseRole(profileId, arn("reader"));
    await expect(choosing).rejects.toMatchObject({ code: "session-ended" });
    expect(await state()).toMatchObject({ state: "signed-out", error: { code: "session-ended" } });
    expect(await world.store.get(`session/${profileId}`)).toBeUndefined();
  });

  test("a second sign-in while choosing asks nobody again; as another, the first choice stays until then", async () => {
    await world.sessions.signIn(profileId);
    await world.sessions.signIn(profileId);
    expect(world.provider.asked).toHaveLength(1);
    world.provider.window = "closed";
    await expect(world.sessions.signIn(profileId, true)).rejects.toMatchObject({ code: "sign-in-cancelled" });
    expect(await state()).toMatchObject({ state: "choosing-role", name: "Alice Archer" });
    await world.sessions.chooseRole(profileId, arn("reader"));
    expect(await state()).toMatchObject({ state: "signed-in" });
  });

  test("a choice after a sign-out finds nobody", async () => {
    await world.sessions.signIn(profileId);
    const choosing = world.sessions.chooseRole(profileId, arn("reader"));
    await world.sessions.signOut(profileId);
    await expect(choosing).rejects.toMatchObject({ code: "signed-out" });
    expect(await state()).toMatchObject({ state: "signed-out" });
    expect([...Object.keys(await world.store.getAll())].filter((key) => key.startsWith("session/"))).toEqual([]);
  });
});

describe("a role directory", () => {
  beforeEach(() => {
    world.settings.credentials = directory;
  });

  test.each([
    ["resource", { resource: "https://roles.example.com" }, { audience: null }],
    ["audience", { audience: "https://roles.example.com" }, { resource: null }],
    ["none", {}, { audience: null, resource: null }],
  ] as const)("has the provider told of its audience: by %s", async (parameter, sent, absent) => {
    const { role } = directory as Extract<Profile["credentials"], { kind: "webIdentity" }>;
    world.settings.credentials = { ...directory, role: { ...role, parameter } } as Profile["credentials"];
    world.directory.answer = answer("reader");
    await world.sessions.signIn(profileId);
    for (const request of [world.provider.asked[0], world.provider.tokenRequests[0]]) {
      for (const [name, value] of Object.entries({ ...absent, ...sent })) expect(request?.get(name)).toBe(value);
    }
  });

  test("is asked once, with an access token and never the ID token, and keeps none of it", async () => {
    world.directory.answer = answer("writer", "reader");
    await chosen("reader");
    expect(world.directory.asked).toHaveLength(1);
    const record = JSON.stringify(await world.store.get(`session/${profileId}`));
    const [asked = ""] = world.directory.asked;
    const token = asked.replace(/^Bearer /, "");
    expect(token).not.toBe("");
    expect(record).not.toContain(token);
    expect(await state()).toMatchObject({ state: "signed-in", role: { of: 2 } });
  });

  test.each([
    ["HTML", new Response("<html>"), "directory-invalid"],
    ["another form", Response.json({ roles: [] }), "directory-invalid"],
    ["a name that is no role", answer("a b"), "directory-invalid"],
    ["an own __proto__", new Response('{"holdall":1,"applications":[],"__proto__":{}}'), "directory-invalid"],
    ["no role", answer(), "no-roles"],
    ["too many", answer(...Array.from({ length: 5001 }, (_, n) => `r${n}`)), "directory-invalid"],
    ["2 MB", new Response(" ".repeat(2_000_000)), "directory-invalid"],
    ["a refusal", new Response("", { status: 401 }), "directory-refused"],
    ["trouble", new Response("", { status: 503 }), "directory-unreachable"],
    ["nothing", new TypeError("Failed to fetch"), "directory-unreachable"],
  ])("that answers %s is told from the others", async (_, given, code) => {
    world.directory.answer = given;
    await expect(world.sessions.signIn(profileId)).rejects.toMatchObject({ code });
    expect(await state()).toMatchObject({ state: "signed-out", error: { code } });
    expect(world.roles).toEqual([]);
  });

  test("is told what a name of nothing stands for", async () => {
    const unnamed = [
      { arn: arn("paths/deep"), name: "\u200b \u0000" },
      { arn: arn("other"), name: "Other" },
    ];
    world.directory.answer = Response.json({ holdall: 1, applications: [{ name: "A", roles: unnamed }] });
    await world.sessions.signIn(profileId);
    const { applications } = await world.sessions.roles(profileId);
    expect(applications[0]?.roles.map(({ name }) => name)).toEqual(["deep", "Other"]);
  });

  test("of another account is tried like any other, and IAM refuses it", async () => {
    const foreign = "arn:aws:iam::999988887777:role/holdall-person";
    world.directory.answer = Response.json({
      holdall: 1,
      applications: [{ name: "A", roles: [{ arn: foreign, name: "Elsewhere" }] }],
    });
    world.settings.refusedRoles = [foreign];
    await world.sessions.signIn(profileId);
    expect(world.roles).toEqual([foreign]);
    expect(await state()).toMatchObject({ state: "choosing-role", roles: 1, refused: { arn: foreign } });
    expect(await world.sessions.identity(profileId)).toBeNull();
  });

  test("is not asked by a redirect, nor with a token in its address", async () => {
    world.directory.answer = answer("reader");
    await world.sessions.signIn(profileId);
    expect(world.directory.requests).toMatchObject([
      { url: "https://roles.example.com/mine", redirect: "error", credentials: "omit" },
    ]);
  });

  test("of 5,000 roles is taken, each once, with names that are only names", async () => {
    const roles = Array.from({ length: 5000 }, (_, n) => ({ arn: arn(`r${n}`), name: `R\u202e${n}\u0000` }));
    world.directory.answer = Response.json({ holdall: 1, applications: [{ name: "A", roles: [...roles, ...roles] }] });
    await world.sessions.signIn(profileId);
    expect(await state()).toMatchObject({ state: "choosing-role", roles: 5000 });
    expect((await world.sessions.roles(profileId)).applications[0]?.roles[1]?.name).toBe("R1");
  });

  test("that does not answer leaves the role used last, and says so", async () => {
    world.directory.answer = answer("writer", "reader");
    await chosen("writer");
    await world.sessions.signOut(profileId);
    world.directory.answer = new Response("", { status: 500 });
    await world.sessions.signIn(profileId);
    expect(await state()).toMatchObject({ state: "signed-in", error: { code: "directory-unreachable" } });
    expect(world.roles.at(-1)).toBe(arn("writer"));
  });
});

describe("an identity pool", () => {
  beforeEach(() => {
    world.settings.credentials = {
      kind: "identityPool",
      identityPoolId: "eu-central-1:11111111-2222-3333-4444-555555555555",
    };
  });

  test("says who it is, and is asked for that very identity at a renewal", async () => {
    await world.sessions.signIn(profileId);
    const id = "eu-central-1:local|alice";
    expect(await world.sessions.identity(profileId)).toMatchObject({ id });
    world.settings.lifetime = 10_000;
    await Promise.all(Array.from({ length: 1000 }, () => world.sessions.credentials(profileId, true)));
    await new Promise((resolve) => setTimeout(resolve, 2100));
    await Promise.all(Array.from({ length: 1000 }, () => world.sessions.credentials(profileId, true)));
    expect(world.pool).toEqual([null, id]);
  });

  test("that names somebody else at a renewal ends the session", async () => {
    world.settings.lifetime = 10_000;
    await world.sessions.signIn(profileId);
    world.settings.stsIdentity = "eu-central-1:merged";
    await expect(world.sessions.credentials(profileId)).rejects.toMatchObject({ code: "identity-changed" });
    expect(await state()).toMatchObject({ state: "signed-out", error: { code: "identity-changed" } });
  });
});

describe("an ID token longer than AWS takes", () => {
  test.each(["web identity", "an identity pool"])("is refused before it is sent, by %s", async (way) => {
    if (way !== "web identity") {
      const identityPoolId = "eu-central-1:11111111-2222-3333-4444-555555555555";
      world.settings.credentials = { kind: "identityPool", identityPoolId };
    }
    world.provider.claims = { groups: "g".repeat(20_000) };
    const error = await world.sessions.signIn(profileId).catch((refused) => refused);
    expect(error).toMatchObject({ code: "token-refused" });
    expect(error.facts.subs[0]).toMatch(/^it is 2\d{4} characters long, AWS takes 20000$/);
    expect([...world.roles, ...world.pool]).toEqual([]);
    expect(await state()).toMatchObject({ state: "signed-out", error: { code: "token-refused" } });
  });
});

describe("a lock", () => {
  test("wipes at once, survives the background, and has the provider ask again", async () => {
    await world.sessions.signIn(profileId);
    const begun = performance.now();
    await world.sessions.lock();
    expect(performance.now() - begun).toBeLessThan(1000);
    expect(await state()).toEqual({ state: "signed-out", error: null, locked: true });
    expect(await world.store.get(`session/${profileId}`)).toBeUndefined();
    world.restart();
    expect(await state()).toMatchObject({ locked: true });
    expect(await world.sessions.signInSilently(profileId)).toBe(false);
    expect(await world.sessions.former(profileId)).toBe("local|alice");
    await world.sessions.signIn(profileId);
    expect(world.provider.asked.at(-1)?.get("prompt")).toMatch(/^login/);
    expect(await state()).toMatchObject({ state: "signed-in" });
    expect(await world.sessions.former(profileId)).toBeNull();
  });

  test("revokes the refresh token and leaves the provider's own session alone", async () => {
    await world.sessions.signIn(profileId);
    await world.sessions.lock();
    await expect.poll(() => world.provider.refreshTokens.size).toBe(0);
    expect(world.provider.calls).not.toContain("end");
  });

  test("stays when the way back is not gone to its end, also after the background has ended", async () => {
    await world.sessions.signIn(profileId);
    await world.sessions.lock();
    const seen: unknown[] = [];
    world.sessions.onChange((_, view) => seen.push(view));
    world.provider.window = "closed";
    await expect(world.sessions.signIn(profileId)).rejects.toMatchObject({ code: "sign-in-cancelled" });
    const locked = { state: "signed-out", locked: true, error: { code: "sign-in-cancelled" } };
    expect(seen).toMatchObject([{ state: "signing-in" }, locked]);
    expect(await world.sessions.former(profileId)).toBe("local|alice");
    // The background ends while the window is open.
    await world.store.set(`pending/${profileId}`, { state: "s", askWho: true });
    world.restart();
    expect(await state()).toMatchObject({ state: "signed-out", locked: true, error: { code: "sign-in-interrupted" } });
    expect(await world.sessions.signInSilently(profileId)).toBe(false);
  });

  test("also keeps out who would be signed in silently at the browser's next start", async () => {
    await world.sessions.signIn(profileId);
    await world.store.remove(`session/${profileId}`);
    world.restart();
    await world.sessions.lock();
    expect(await state()).toMatchObject({ locked: true });
    expect(await world.sessions.signInSilently(profileId)).toBe(false);
    expect(world.provider.asked).toHaveLength(1);
  });

  test("is none where nobody was", async () => {
    await world.sessions.lock();
    expect(await state()).toEqual({ state: "signed-out", error: null });
  });

  test("ends a sign-in whose window is open", async () => {
    const signingIn = world.sessions.signIn(profileId);
    await world.sessions.lock();
    await expect(signingIn).rejects.toMatchObject({ code: expect.stringMatching(/cancelled|signed-out/) });
    expect(await state()).toMatchObject({ state: "signed-out", locked: true });
  });
});

describe("another account", () => {
  test("takes the place of the first once it is there", async () => {
    await world.sessions.signIn(profileId);
    world.provider.person = "local|bob";
    await world.sessions.signIn(profileId, true);
    expect(await world.sessions.identity(profileId)).toMatchObject({ id: "local|bob" });
    expect(world.provider.asked.at(-1)?.get("prompt")).toMatch(/^login/);
  });

  test("that is the same after all keeps what is theirs", async () => {
    await world.sessions.signIn(profileId);
    const seen: unknown[] = [];
    world.sessions.onChange((_, { state: name }) => seen.push(name));
    await world.sessions.signIn(profileId, true);
    // A sign-out in between would take drafts and transfers away.
    expect(seen).toEqual(["signing-in", "signed-in"]);
    // The first sign-in's refresh token is of no use any more.
    await expect.poll(() => world.provider.refreshTokens.size).toBe(1);
  });

  test("whose role IAM refuses has to choose, and nothing of the first is renewed meanwhile", async () => {
    world.settings.credentials = list;
    await chosen("writer");
    expect(world.alarms.size).toBe(1);
    world.provider.person = "local|bob";
    world.settings.refusedRoles = [arn("writer")];
    await world.sessions.signIn(profileId, true);
    expect(await state()).toMatchObject({ state: "choosing-role", refused: { name: "writer" } });
    expect(world.alarms.size).toBe(0);
    expect(await world.sessions.former(profileId)).toBe("local|alice");
    await world.sessions.chooseRole(profileId, arn("reader"));
    expect(await world.sessions.identity(profileId)).toMatchObject({ id: "local|bob" });
    expect(await world.sessions.former(profileId)).toBeNull();
  });

  test("is asked for also where the session needs a sign-in", async () => {
    await world.sessions.signIn(profileId);
    const kept = (await world.store.get(`session/${profileId}`)) as object;
    await world.store.set(`session/${profileId}`, { ...kept, credentials: null, idToken: null, refreshToken: null });
    world.restart();
    expect(await state()).toMatchObject({ state: "needs-sign-in" });
    await world.sessions.signIn(profileId, true);
    expect(world.provider.asked.at(-1)?.get("prompt")).toBe("login consent");
  });

  test("chosen while locked is asked for once", async () => {
    await world.sessions.signIn(profileId);
    await world.sessions.lock();
    await world.sessions.signIn(profileId, true);
    expect(world.provider.asked.at(-1)?.get("prompt")).toBe("login consent");
  });

  test("is chosen at the provider, where it says that it knows how", async () => {
    world.provider.metadata = { prompt_values_supported: ["none", "login", "select_account"] };
    await world.sessions.signIn(profileId);
    await world.sessions.signIn(profileId, true);
    expect(world.provider.asked.at(-1)?.get("prompt")).toBe("select_account consent");
  });

  test("that cannot be kept leaves neither of the two signed in", async () => {
    await world.sessions.signIn(profileId);
    world.provider.person = "local|bob";
    const set = world.store.set;
    world.store.set = async (key, value) => {
      if (key.startsWith("session/")) throw new Error("the quota is full");
      await set(key, value);
    };
    await expect(world.sessions.signIn(profileId, true)).rejects.toThrow("quota");
    expect(await state()).toMatchObject({ state: "signed-out", error: { code: "internal" } });
    expect(await world.sessions.identity(profileId)).toBeNull();
    await expect(world.sessions.credentials(profileId)).rejects.toMatchObject({ code: "signed-out" });
    expect(await world.store.get(`session/${profileId}`)).toBeUndefined();
  });

  test("changes nothing when the window is closed", async () => {
    await world.sessions.signIn(profileId);
    const before = await world.sessions.credentials(profileId);
    world.provider.window = "closed";
    await expect(world.sessions.signIn(profileId, true)).rejects.toMatchObject({ code: "sign-in-cancelled" });
    expect(await world.sessions.credentials(profileId)).toEqual(before);
    expect(await state()).toMatchObject({ state: "signed-in", error: null });
  });
});
