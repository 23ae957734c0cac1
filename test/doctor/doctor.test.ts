import { describe, expect, test, vi } from "vitest";
import type { SessionRecord } from "../../src/auth/session-record.ts";
import { firstFailure, notPassed, useDoctor } from "./support/doctor-world.ts";

const browser = vi.hoisted(() => {
  const holder: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(holder.current, key) }) });
  return holder;
});

const doctor = useDoctor(browser);

/** Everything of the doctor's that the person's folder and items still hold. */
async function leftBehind(): Promise<string[]> {
  const { profile } = doctor.world;
  const { files } = await doctor.world.call("files.list", { profile, prefix: ".holdall-doctor/", flat: true });
  const { items } = await doctor.world.call("items.list", { profile, prefix: "holdall#doctor#" });
  const uploads = (await doctor.world.control("GET", "/uploads")) as { key: string }[];
  return [...files.map(({ path }) => path), ...items.map(({ sortKey }) => sortKey), ...uploads.map(({ key }) => key)];
}

describe("a run with everything right", () => {
  test("is green from end to end in less than five seconds, and leaves nothing", async () => {
    await doctor.world.signIn("alice");
    const done = await doctor.run();
    expect(notPassed(done)).toEqual({});
    expect((done.endedAt ?? 0) - done.startedAt).toBeLessThan(5000);
    expect(done.cancelled).toBe(false);
    expect(await leftBehind()).toEqual([]);
  });

  test("shows each step as it comes, in their order", async () => {
    await doctor.world.signIn("alice");
    await doctor.world.call("checks.start", { profile: doctor.world.profile, kind: "doctor" });
    const seen = new Set<string>();
    const done = await vi.waitFor(
      async () => {
        const now = await doctor.latest();
        for (const { state } of now?.steps ?? []) seen.add(state);
        if (now === null || now.endedAt === null) throw new Error("it runs");
        return now;
      },
      { timeout: 10_000, interval: 5 },
    );
    expect([...seen].sort()).toEqual(["passed", "running", "waiting"]);
    expect(done.steps.every(({ ms }) => ms !== null && ms >= 0)).toBe(true);
  });

  test("exchanges one token and asks each action of AWS once", async () => {
    await doctor.world.signIn("alice");
    await doctor.world.requests();
    await doctor.run();
    const counts = new Map<string, number>();
    for (const request of await doctor.world.requests()) counts.set(request, (counts.get(request) ?? 0) + 1);
    expect(counts.get("sts:AssumeRoleWithWebIdentity")).toBe(1);
    for (const operation of ["GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"]) {
      expect([operation, counts.get(`dynamodb:${operation}`)]).toEqual([operation, 1]);
    }
    expect(counts.get("s3:PutObject")).toBe(1);
  });
});

describe("secrets", () => {
  test("are in nothing that pages see, nor in the list of requests", async () => {
    const { profile, fake } = doctor.world;
    await doctor.world.signIn("alice");
    const kept = (await fake.storage.session.get(`session/${profile}`))[`session/${profile}`] as SessionRecord;
    const secrets = [
      kept.idToken,
      kept.refreshToken,
      kept.credentials?.secretAccessKey,
      kept.credentials?.sessionToken,
    ];
    const done = await doctor.run();
    const seen = JSON.stringify([
      await doctor.world.view(),
      await doctor.world.call("activity.list", { after: 0 }),
      fake.storage.session.values.get("view"),
    ]);
    expect(seen).toContain(done.steps[0]?.id);
    for (const secret of secrets) {
      expect(secret).toMatch(/.{16}/);
      expect(seen).not.toContain(secret);
      // The exchange gave other credentials: whatever they are, they look like these.
    }
    expect(seen).not.toMatch(/eyJ[\w-]{20}|\bASIA[A-Z0-9]{8}|X-Amz-Signature|x-amz-security-token/i);
  });
});

describe("a run while nobody is signed in", () => {
  test("tries what can be tried, and says that the rest needs a sign-in", async () => {
    const done = await doctor.run();
    expect(firstFailure(done)).toBeUndefined();
    const skipped = done.steps.filter(({ state }) => state === "skipped");
    expect(skipped.map(({ id }) => id)).toContain("objects.put");
    expect(new Set(skipped.map(({ facts }) => facts.because))).toEqual(new Set(["sign-in"]));
    expect(done.steps.filter(({ state }) => state === "passed").map(({ id }) => id)).toEqual([
      ...["permissions", "network", "discovery", "pkce", "scopes", "keys", "redirect", "clock"],
    ]);
  });

  test("is gone once somebody signs in, and with the profile", async () => {
    await doctor.run();
    await doctor.world.signIn("alice");
    expect(await doctor.latest()).toBeNull();
    await doctor.run();
    await doctor.useProfile({ clientId: "another" });
    expect(await doctor.latest()).toBeNull();
  });
});

test("an ID token that is over is renewed before it is judged", async () => {
  const { world } = doctor;
  const key = `session/${world.profile}`;
  await world.signIn("alice");
  const over = { person: "alice", expiresIn: -4000 };
  const { idToken } = (await world.control("POST", "/issuer/tokens", over)) as { idToken: string };
  const kept = (await world.fake.storage.session.get(key))[key] as SessionRecord;
  // Old enough to be renewed: two seconds count as new.
  const old = { ...kept, idToken, idTokenExpiresAt: Date.now() - 4_000_000, obtainedAt: Date.now() - 5_000_000 };
  await world.fake.storage.session.set({ [key]: old });
  await world.restart();
  const done = await doctor.run();
  expect(notPassed(done)).toEqual({});
  const { exp = "" } = done.steps.find(({ id }) => id === "token")?.facts ?? {};
  expect(Date.parse(exp)).toBeGreaterThan(Date.now());
});

test("what a run left that the browser ended, a later one takes away", async () => {
  const { profile, call } = doctor.world;
  await doctor.world.signIn("alice");
  const old = "01HZ0000000000000000000000";
  const file = { file: new Blob(["left behind"]), size: 11, path: `.holdall-doctor/${old}/object` };
  await call("files.upload", { profile, files: [file], ifExists: "fail" });
  await vi.waitFor(async () => expect(await leftBehind()).toHaveLength(1), { timeout: 5000 });
  expect(firstFailure(await doctor.run())).toBeUndefined();
  expect(await leftBehind()).toEqual([]);
});

describe("a run that is ended early", () => {
  test("by the person: nothing of it stays behind", async () => {
    await doctor.world.signIn("alice");
    await doctor.world.control("POST", "/faults", { operation: "HeadObject", kind: "delay", ms: 3000 });
    await doctor.world.call("checks.start", { profile: doctor.world.profile, kind: "doctor" });
    await vi.waitFor(async () => {
      const put = (await doctor.latest())?.steps.find(({ id }) => id === "objects.put");
      if (put?.state !== "passed") throw new Error("not there yet");
    });
    await doctor.world.call("checks.cancel", { kind: "doctor" });
    const done = await vi.waitFor(
      async () => {
        const now = await doctor.latest();
        if (now === null || now.endedAt === null) throw new Error("it runs");
        return now;
      },
      { timeout: 5000 },
    );
    expect(done.cancelled).toBe(true);
    expect(done.steps.find(({ id }) => id === "objects.head")).toMatchObject({
      state: "skipped",
      facts: { because: "cancelled" },
    });
    expect(await leftBehind()).toEqual([]);
  });

  test("by a sign-out: it is forgotten", async () => {
    await doctor.world.signIn("alice");
    await doctor.world.control("POST", "/faults", { operation: "HeadObject", kind: "delay", ms: 1000 });
    await doctor.world.call("checks.start", { profile: doctor.world.profile, kind: "doctor" });
    await doctor.world.call("session.signOut", { profile: doctor.world.profile });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await doctor.latest()).toBeNull();
    // The next one is not kept waiting for it.
    await doctor.world.control("DELETE", "/faults");
    expect(firstFailure(await doctor.run())).toBeUndefined();
  });

  test("by the end of the background: it is shown as ended", async () => {
    await doctor.world.signIn("alice");
    await doctor.world.control("POST", "/faults", { operation: "HeadObject", kind: "delay", ms: 2000 });
    await doctor.world.call("checks.start", { profile: doctor.world.profile, kind: "doctor" });
    await vi.waitFor(async () => {
      if ((await doctor.latest()) === null) throw new Error("not there yet");
    });
    await doctor.world.restart();
    const found = await doctor.latest();
    expect(found).toMatchObject({ cancelled: true });
    expect(found?.endedAt).not.toBeNull();
    expect(found?.steps.some(({ state }) => state === "running" || state === "waiting")).toBe(false);
  });
});
