/** Whatever happens to a session, in whatever order and at the same time: what must hold in each state, and after all. */
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { SessionRecord } from "../../src/auth/session-record.ts";
import type { Profile } from "../../src/shared/profile.ts";
import { createWorld, profileId, type World } from "./support/world.ts";

const arn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const roles = ["writer", "reader"].map((name) => ({ arn: arn(name), name }));
const ways: Record<string, Profile["credentials"]> = {
  fixed: { kind: "webIdentity", role: { kind: "fixed", arn: arn("writer") }, durationSeconds: 3600 },
  list: { kind: "webIdentity", role: { kind: "list", roles }, durationSeconds: 3600 },
  directory: {
    kind: "webIdentity",
    role: { kind: "directory", url: "https://roles.example.com/", audience: "roles", parameter: "resource" },
    durationSeconds: 3600,
  },
  pool: { kind: "identityPool", identityPoolId: "eu-central-1:11111111-2222-3333-4444-555555555555" },
};

const people = ["local|alice", "local|bob"];
const step = fc.record({
  what: fc.constantFrom(
    ...([
      "signIn",
      "signIn",
      "another",
      "silent",
      "signOut",
      "lock",
      "choose",
      "choose",
      "renew",
      "end",
      "restart",
    ] as const),
  ),
  person: fc.constantFrom(...people),
  role: fc.constantFrom("writer", "reader", "admin"),
  refused: fc.constantFrom<string[]>([], [], ["writer"], ["writer", "reader"]),
  closed: fc.boolean(),
  /** The next step begins before this one has ended. */
  overlaps: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function take(world: World, { what, person, role, refused, closed }: Step): Promise<unknown> {
  const { sessions } = world;
  world.provider.person = person;
  world.provider.window = closed ? "closed" : null;
  world.settings.refusedRoles = refused.map(arn);
  switch (what) {
    case "signIn":
      return await sessions.signIn(profileId);
    case "another":
      return await sessions.signIn(profileId, true);
    case "silent":
      return await sessions.signInSilently(profileId);
    case "signOut":
      return await sessions.signOut(profileId);
    case "lock":
      return await sessions.lock();
    case "choose":
      return await sessions.chooseRole(profileId, arn(role));
    case "renew":
      return await sessions.credentials(profileId, true);
    case "end": {
      // The credentials' time is over; the background has ended meanwhile.
      const kept = (await world.store.get(`session/${profileId}`)) as SessionRecord | undefined;
      if (kept?.credentials) {
        const credentials = { ...kept.credentials, expiresAt: Date.now() };
        await world.store.set(`session/${profileId}`, { ...kept, credentials, idTokenExpiresAt: Date.now() });
      }
      world.restart();
      return await world.sessions.credentials(profileId);
    }
    case "restart":
      return world.restart();
  }
}

/** What must hold whenever nothing is under way. */
async function check(world: World): Promise<void> {
  const view = await world.sessions.state(profileId);
  const record = (await world.store.get(`session/${profileId}`)) as SessionRecord | undefined;
  const identity = await world.sessions.identity(profileId);
  const credentials = await world.sessions.credentials(profileId).catch((error: { code: string }) => error.code);
  if ("identity" in view) {
    expect(["signed-in", "renewing", "needs-sign-in"]).toContain(view.state);
    expect(record?.identity).toEqual(view.identity);
    expect(identity).toEqual(view.identity);
    // Whose token it is, and who AWS says it is, are one person.
    expect(view.identity.id.endsWith(record?.subject ?? "?")).toBe(true);
  } else {
    expect(identity).toBeNull();
    expect(typeof credentials).toBe("string");
  }
  if (view.state === "choosing-role") {
    expect(record).toMatchObject({ identity: null, credentials: null, role: null });
    expect(world.alarms.size).toBe(0);
  }
  if (view.state === "signed-out") expect(record).toBeUndefined();
  if (view.state === "signed-out" && view.locked) {
    expect(await world.sessions.signInSilently(profileId)).toBe(false);
    expect(world.alarms.size).toBe(0);
  }
  const kept = JSON.stringify([await world.store.getAll(), view]);
  expect(kept).not.toContain("the-access-token");
  const elsewhere = JSON.stringify([await world.notes.getAll(), view]);
  for (const secret of [record?.idToken, record?.refreshToken]) if (secret) expect(elsewhere).not.toContain(secret);
}

test.each(Object.entries(ways))("with %s: whatever happens, in whatever order", { timeout: 60_000 }, async (_, way) => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      const world = await createWorld();
      world.settings.credentials = way;
      world.directory.answer = Response.json({ holdall: 1, applications: [{ name: "A", roles }] });
      let under: Promise<unknown>[] = [];
      for (const one of steps) {
        // A background that ends takes what was under way with it: an old one that goes on would be no such thing.
        const ends = one.what === "end" || one.what === "restart";
        if (ends) await Promise.all(under);
        under.push(take(world, one).catch((error: { code?: string }) => expect(error.code).toMatch(/^[a-z-]+$/)));
        if (one.overlaps && !ends) continue;
        await Promise.all(under);
        under = [];
        await check(world);
      }
      await Promise.all(under);
      await check(world);
      await world.sessions.signOut(profileId);
      expect(await world.sessions.state(profileId)).toEqual({ state: "signed-out", error: null });
      expect(Object.keys(await world.store.getAll()).filter((key) => /^(?:session|pending|former)/.test(key))).toEqual(
        [],
      );
    }),
    { numRuns: 150 },
  );
  vi.restoreAllMocks();
});
