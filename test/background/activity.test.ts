/** The whole background against the local AWS: every request that arrives there is a line, and no line is without a request. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { LoggedRequest } from "../../local/control/request-log.ts";
import type { ActivityEntry } from "../../src/shared/activity.ts";
import { type BackgroundWorld, createBackgroundWorld } from "./support/background-world.ts";

const holder = vi.hoisted(() => {
  const current: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(current.current, key) }) });
  return current;
});

vi.setConfig({ testTimeout: 30_000 });

let world: BackgroundWorld;
beforeAll(async () => {
  world = await createBackgroundWorld((fake) => {
    holder.current = fake;
  });
}, 60_000);
afterAll(() => world.close());

const list = async () => (await world.call("activity.list", {})).entries;
const line = ({ service, action, status }: ActivityEntry) => `${service} ${action} ${status}`;
const logged = async () => (await world.control("GET", "/requests")) as LoggedRequest[];
/** Pages that the window loads, and STS's own questions to the issuer, are not Holdall's requests. */
const own = ({ identity, operation }: LoggedRequest) =>
  identity !== "sts" && operation !== "authorize" && operation !== "login";

async function compare(): Promise<string[]> {
  const noted = (await list()).filter(({ action }) => action !== "authorize").map(line);
  const expected = (await logged())
    .filter(own)
    .map(({ service, operation, status }) => `${service} ${operation === "jwks" ? "keys" : operation} ${status}`);
  expect(noted.sort()).toEqual(expected.sort());
  return noted;
}

test("a sign-in, an item, an upload and a refusal: one line for each request", async () => {
  await world.control("DELETE", "/requests");
  await world.call("activity.clear", {});
  await world.signIn("alice");
  const { profile } = world;
  const attributes = { title: { S: "a note" } };
  await world.call("items.save", { profile, sortKey: "note#1", attributes, basis: null });
  const file = new Blob(["x".repeat(1000)]);
  const files = [{ file, size: file.size, path: "a.txt" }];
  await world.call("files.upload", { profile, files, ifExists: "fail" });
  await vi.waitFor(async () => expect((await world.view()).transfers.rows[0]?.state).toBe("done"));
  await expect(world.call("items.get", { profile, sortKey: "missing" })).rejects.toMatchObject({
    code: "item-missing",
  });
  await world.call("files.delete", { profile, path: "a.txt", etag: '"other"' }).catch(() => null);
  await vi.waitFor(compare);
  const noted = await compare();
  expect(noted).toEqual(expect.arrayContaining(["issuer token 200", "sts AssumeRoleWithWebIdentity 200"]));
  expect(noted).toEqual(expect.arrayContaining(["dynamodb PutItem 200", "s3 PutObject 200"]));
  const entries = await list();
  expect(entries.filter(({ action }) => action === "authorize")).toMatchObject([{ service: "issuer", error: null }]);
  const put = entries.find(({ action }) => action === "PutObject");
  expect(put).toMatchObject({ profile, sent: 1000, received: 0, requestId: expect.stringMatching(/^[\w-]+$/) });
  expect(entries.find(({ action }) => action === "PutItem")).toMatchObject({ profile });
  expect(new Set(entries.map(({ host }) => host)).size).toBeLessThanOrEqual(4);
});

test("the lines outlive the background, and their numbers go on", async () => {
  await new Promise((resolve) => setTimeout(resolve, 400));
  const before = await list();
  await world.restart();
  await world.call("recent.refresh", { profile: world.profile });
  const after = await list();
  expect(after.slice(0, before.length)).toEqual(before);
  expect(after.length).toBeGreaterThan(before.length);
  expect(after.map(({ n }) => n)).toEqual(after.map((_, index) => index + 1));
});

test("no token, no credential and no name of the person's is in them", async () => {
  const stored = Object.fromEntries(world.fake.storage.session.values) as Record<string, never>;
  const record = JSON.stringify(Object.entries(stored).filter(([key]) => key.startsWith("session/")));
  const secrets = [
    ...record.matchAll(/"(?:idToken|refreshToken|accessKeyId|secretAccessKey|sessionToken)":"([^"]+)"/g),
  ];
  expect(secrets.length).toBeGreaterThanOrEqual(4);
  const text = JSON.stringify([await list(), Object.entries(stored).filter(([key]) => key.startsWith("activity/"))]);
  for (const [, secret = ""] of secrets) expect(text).not.toContain(secret.slice(-16));
  for (const name of ["note#1", "a.txt", "missing", "alice"]) expect(text).not.toContain(name);
});

test("a sign-out is told too, and takes nothing off the list", async () => {
  const before = await list();
  await world.call("session.signOut", { profile: world.profile });
  await vi.waitFor(async () => {
    const told = (await list()).slice(before.length).map(line);
    // Outside of a browser the provider's cookie does not go along: it is told once more, by a window.
    expect(told).toEqual(["issuer revocation 200", "issuer end session 404", "issuer end session null"]);
  });
  expect((await list()).slice(0, before.length)).toEqual(before);
});

test("clearing leaves nothing of them anywhere", async () => {
  await world.call("activity.clear", {});
  expect(await list()).toEqual([]);
  const keys = [...world.fake.storage.session.values.keys()];
  expect(keys.filter((key) => key.startsWith("activity/"))).toEqual([]);
});
