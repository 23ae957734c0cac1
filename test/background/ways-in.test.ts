/** The other ways to credentials, through the whole background and against the real services of the local AWS. */
import { afterEach, describe, expect, test, vi } from "vitest";
import type { LocalAwsInfo } from "../../local/info.ts";
import type { Profile } from "../../src/shared/profile.ts";
import { type BackgroundWorld, createBackgroundWorld } from "./support/background-world.ts";

const browser = vi.hoisted(() => {
  const holder: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(holder.current, key) }) });
  return holder;
});

let world: BackgroundWorld;
const start = async (packaged: (aws: LocalAwsInfo) => Profile[]) => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  world = await createBackgroundWorld((fake) => {
    browser.current = fake;
  }, packaged);
};
afterEach(async () => {
  await world.call("session.signOut", { profile: world.profile });
  await world.close();
  vi.restoreAllMocks();
});

const session = async () => (await world.view()).session;
const save = (sortKey: string) =>
  world.call("items.save", { profile: world.profile, sortKey, attributes: { text: { S: sortKey } }, basis: null });

describe("an identity pool", () => {
  test("signs in by two requests to Cognito and none to STS; the identity is the one that came with the credentials", async () => {
    await start(({ profiles }) => [profiles[1]]);
    const merge = (await world.control("POST", "/cognito/merge", { person: "alice" })) as { answered: string };
    await world.requests();
    await world.signIn("alice");
    expect(await session()).toMatchObject({
      state: "signed-in",
      identity: { id: merge.answered, name: "Alice Archer" },
    });
    const aws = (await world.requests()).filter((one) => /^(?:sts|cognito)/.test(one));
    expect(aws).toEqual(["cognito-identity:GetId", "cognito-identity:GetCredentialsForIdentity"]);
    await save("from the pool");
    const log = (await world.control("GET", "/requests?operation=PutItem")) as { status: number; identity: string }[];
    expect(log).toMatchObject([{ status: 200, identity: merge.answered }]);
  });

  test("a sign-in that the provider took back is refused by ServerSideTokenCheck, and nobody is signed in", async () => {
    await start(({ profiles }) => [profiles[1]]);
    // The provider takes the grant back between the token and Cognito.
    await world.control("POST", "/faults", { operation: "GetId", kind: "delay", ms: 1_000 });
    const signIn = world.signIn("bob").then(
      () => null,
      (error: unknown) => error,
    );
    await vi.waitFor(async () => {
      const counts = (await world.control("GET", "/requests/count")) as Record<string, number>;
      if (counts["token 200"] === undefined) throw new Error("no token yet");
    });
    await world.control("POST", "/issuer/revoke", { person: "bob" });
    expect(await signIn).toMatchObject({ code: "token-refused" });
    expect(await session()).toMatchObject({ state: "signed-out" });
  });
});

describe("a role directory", () => {
  const signIn = async (name: string) => {
    world.window.who = world.aws.people.find((person) => person.name === name) ?? null;
    await world.call("session.signIn", { profile: world.profile }, "/popup.html");
  };

  test("offers what the person may try; IAM refuses one, and another can be taken", async () => {
    await start(({ profiles }) => [profiles[2]]);
    await signIn("alice");
    expect(await session()).toMatchObject({ state: "choosing-role", roles: 3 });
    const { applications } = await world.call("session.roles", { profile: world.profile });
    const [everything, , auditor] = applications[0]?.roles ?? [];
    if (everything === undefined || auditor === undefined) throw new Error("roles are missing");
    const choose = (role: string) => world.call("session.chooseRole", { profile: world.profile, role });
    await expect(choose(auditor.arn)).rejects.toMatchObject({ code: "trust-refused" });
    expect(await session()).toMatchObject({ state: "choosing-role", refused: { arn: auditor.arn } });
    await choose(everything.arn);
    expect(await session()).toMatchObject({ state: "signed-in", role: { arn: everything.arn, of: 3 } });
    await save("with a chosen role");
  });

  test.each([
    ["html", "directory-invalid"],
    ["malformed", "directory-invalid"],
    ["empty", "no-roles"],
    ["error", "directory-unreachable"],
    ["silent", "directory-unreachable"],
  ])("that answers %s is told, and nobody is signed in", { timeout: 30_000 }, async (roles, code) => {
    await start(({ profiles }) => [profiles[2]]);
    await world.control("PUT", "/directory", { roles });
    const began = Date.now();
    await expect(signIn("alice")).rejects.toMatchObject({ code });
    // It is given eight seconds and no more.
    expect(Date.now() - began).toBeLessThan(14_000);
    expect(await session()).toMatchObject({ state: "signed-out", error: { code } });
    expect((await world.requests()).filter((one) => one.startsWith("sts"))).toEqual([]);
    expect([...world.fake.storage.session.values.keys()].filter((key) => /^(?:session|pending)/.test(key))).toEqual([]);
  });

  test("that names somebody else's role opens nothing: it is tried, and STS refuses it", async () => {
    await start(({ profiles }) => [profiles[2]]);
    await world.control("PUT", "/directory", { roles: "foreign" });
    await signIn("alice");
    const foreign = { arn: "arn:aws:iam::999988887777:role/holdall-person" };
    expect(await session()).toMatchObject({ state: "choosing-role", roles: 1, refused: foreign });
    await expect(world.call("items.list", { profile: world.profile })).rejects.toMatchObject({ code: "signed-out" });
  });

  test("of 5,000 roles is offered whole", async () => {
    await start(({ profiles }) => [profiles[2]]);
    await world.control("PUT", "/directory", { roles: "many" });
    await signIn("alice");
    expect(await session()).toMatchObject({ state: "choosing-role", roles: 5000 });
    const { applications } = await world.call("session.roles", { profile: world.profile });
    expect(applications[0]?.roles).toHaveLength(5000);
    // The view is sent to pages with each change: the roles are not in it.
    expect(JSON.stringify(await world.view()).length).toBeLessThan(20_000);
  });

  test("a change of role breaks no upload that is under way, and the next request has the new role", async () => {
    await start(({ profiles }) => [profiles[2]]);
    await signIn("alice");
    const { applications } = await world.call("session.roles", { profile: world.profile });
    const [everything, reader] = applications[0]?.roles ?? [];
    const choose = (role: string) => world.call("session.chooseRole", { profile: world.profile, role });
    await choose(everything?.arn ?? "");
    await world.control("POST", "/faults", { operation: "PutObject", kind: "delay", ms: 1500 });
    const file = new Blob(["a plan"]);
    const files = [{ file, size: file.size, path: "plan.txt" }];
    await world.call("files.upload", { profile: world.profile, files, ifExists: "fail" });
    await vi.waitFor(async () => expect((await world.view()).transfers.rows).toMatchObject([{ state: "running" }]));
    await choose(reader?.arn ?? "");
    await expect(save("as reader")).rejects.toMatchObject({ code: "access-denied" });
    await vi.waitFor(async () => expect((await world.view()).transfers.rows).toMatchObject([{ state: "done" }]), 8000);
  });
});
