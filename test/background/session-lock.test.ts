/** A lock and another account through the whole background: what goes, what stays, and for whom. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type BackgroundWorld, createBackgroundWorld } from "./support/background-world.ts";

const browser = vi.hoisted(() => {
  const holder: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(holder.current, key) }) });
  return holder;
});

let world: BackgroundWorld;
let profile: string;

beforeEach(async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  world = await createBackgroundWorld(
    (fake) => {
      browser.current = fake;
    },
    ({ profiles }) => profiles,
  );
  profile = world.profile;
}, 30_000);

afterEach(async () => {
  await world.control("DELETE", "/faults");
  await world.call("session.signOutAll", {});
  await world.close();
  vi.restoreAllMocks();
});

const session = async () => (await world.view()).session;
const kept = (pattern: RegExp) => [...world.fake.storage.session.values.keys()].filter((key) => pattern.test(key));
const draft = async (identity: string) => {
  await world.fake.storage.session.set({ [`draft/${profile}/new`]: { identity, text: "typed" } });
};
const who = (name: string) => {
  world.window.who = world.aws.people.find((person) => person.name === name) ?? null;
};
const signIn = async (name: string, another?: boolean) => {
  who(name);
  await world.call("session.signIn", { profile, ...(another && { another }) });
};
const identityOf = (name: string) => world.aws.people.find((person) => person.name === name)?.subject ?? "";
const upload = async (path: string) => {
  const file = new Blob([path]);
  await world.call("files.upload", { profile, files: [{ file, size: file.size, path }], ifExists: "fail" });
};
const stored = async () =>
  (await world.call("files.list", { profile, prefix: "", flat: true })).files.map(({ path }) => path);

test("wipes every profile's secrets within a second though the provider hangs, and shows nobody's data", async () => {
  const ids = (await world.view()).profiles.map(({ id }) => id);
  expect(ids).toHaveLength(3);
  for (const id of ids) {
    await world.call("profiles.select", { id });
    who("alice");
    await world.call("session.signIn", { profile: id });
  }
  await world.call("profiles.select", { id: profile });
  await world.call("items.save", { profile, sortKey: "hers", attributes: { text: { S: "x" } }, basis: null });
  await draft(identityOf("alice"));
  expect(kept(/^session\//)).toHaveLength(3);
  const secrets = ids.flatMap((id) => {
    const record = world.fake.storage.session.values.get(`session/${id}`) as Record<string, unknown>;
    return [record.idToken, record.refreshToken].map(String);
  });
  await world.control("POST", "/faults", { operation: "revocation", kind: "delay", ms: 3000, times: 9 });
  const began = Date.now();
  await world.call("session.lock", {});
  expect(Date.now() - began).toBeLessThan(1000);
  expect(kept(/^(?:session|pending)\//)).toEqual([]);
  expect(kept(/^draft\//)).toEqual([`draft/${profile}/new`]);
  const view = await world.view();
  expect(view).toMatchObject({
    session: { state: "signed-out", error: null, locked: true },
    recent: { state: "empty", files: [], items: [] },
    transfers: { rows: [] },
  });
  const left = JSON.stringify([view, ...world.fake.storage.session.values, ...world.fake.storage.local.values]);
  for (const secret of secrets) expect(left).not.toContain(secret);
  expect(JSON.stringify(view)).not.toContain(identityOf("alice"));
  // Neither another profile nor another start of the browser opens one of them.
  for (const id of ids) {
    await world.call("profiles.select", { id });
    expect(await session()).toMatchObject({ locked: true });
  }
  await world.restart();
  world.fake.runtime.onStartup.emit();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await session()).toMatchObject({ state: "signed-out", locked: true });
  expect(kept(/^session\//)).toEqual([]);
});

test("an upload under way waits and goes on for who unlocks; drafts are still there, also after a first try that failed", async () => {
  await signIn("alice");
  await draft(identityOf("alice"));
  await world.control("POST", "/faults", { operation: "PutObject", kind: "delay", ms: 1500 });
  await upload("plan.txt");
  await vi.waitFor(async () => expect((await world.view()).transfers.rows).toMatchObject([{ state: "running" }]));
  await world.call("session.lock", {});
  expect((await world.view()).transfers.rows).toEqual([]);
  who("alice");
  const { who: person } = world.window;
  world.window.who = null;
  await expect(world.call("session.signIn", { profile })).rejects.toMatchObject({ code: "sign-in-cancelled" });
  expect(await session()).toMatchObject({ locked: true, error: { code: "sign-in-cancelled" } });
  expect(kept(/^draft\//)).toHaveLength(1);
  world.window.who = person;
  await world.call("session.signIn", { profile });
  await vi.waitFor(async () => expect(await stored()).toEqual(["plan.txt"]), { timeout: 10_000 });
  expect(kept(/^draft\//)).toHaveLength(1);
});

test("somebody else who unlocks finds nothing of the person before", async () => {
  await signIn("alice");
  await world.call("items.save", { profile, sortKey: "hers", attributes: { text: { S: "x" } }, basis: null });
  await draft(identityOf("alice"));
  await world.control("POST", "/faults", { operation: "PutObject", kind: "delay", ms: 1500 });
  await upload("plan.txt");
  await world.call("session.lock", {});
  await signIn("bob");
  expect(await session()).toMatchObject({ state: "signed-in", identity: { id: identityOf("bob") } });
  await vi.waitFor(() => expect(kept(/^draft\//)).toEqual([]));
  await world.call("recent.refresh", { profile });
  expect((await world.view()).transfers.rows).toEqual([]);
  const seen = JSON.stringify([await world.view(), world.fake.storage.session.values.get("view")]);
  for (const trace of ["hers", "plan.txt", identityOf("alice")]) expect(seen).not.toContain(trace);
  expect(await stored()).toEqual([]);
});

test("keeps the mirror of captures for the same person, shows it to nobody meanwhile, and not to somebody else", async () => {
  const mirrors = async () =>
    (await indexedDB.databases()).map(({ name = "" }) => name).filter((name) => /alice/.test(name));
  await signIn("alice");
  const svg = `data:image/svg+xml;base64,${btoa('<svg xmlns="http://www.w3.org/2000/svg"/>')}`;
  const info = { menuItemId: "save-image", srcUrl: svg, pageUrl: "https://example.com/page" };
  world.fake.contextMenus.onClicked.emit(info, { title: "A page" });
  const list = () => world.call("captures.list", { profile, filter: {}, limit: 10 });
  await vi.waitFor(async () => expect((await list()).rows).toHaveLength(1), 5000);
  expect(await mirrors()).toHaveLength(1);
  await world.call("session.lock", {});
  await expect(list()).rejects.toMatchObject({ code: "signed-out" });
  expect((await world.view()).captures).toMatchObject({ pending: [] });
  expect(await mirrors()).toHaveLength(1);
  await signIn("alice");
  expect((await list()).rows).toHaveLength(1);
  await world.call("session.lock", {});
  await signIn("bob");
  await vi.waitFor(async () => expect(await mirrors()).toEqual([]));
  expect((await list()).rows).toEqual([]);
});

test("another account: a cancelled window changes nothing, the same person keeps drafts, somebody else finds none", async () => {
  await signIn("alice");
  await draft(identityOf("alice"));
  world.window.who = null;
  await expect(world.call("session.signIn", { profile, another: true })).rejects.toMatchObject({
    code: "sign-in-cancelled",
  });
  expect(await session()).toMatchObject({ state: "signed-in", identity: { id: identityOf("alice") }, error: null });
  await signIn("alice", true);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(kept(/^draft\//)).toHaveLength(1);
  await signIn("bob", true);
  expect(await session()).toMatchObject({ state: "signed-in", identity: { id: identityOf("bob") } });
  await vi.waitFor(() => expect(kept(/^draft\//)).toEqual([]));
});

test("all are signed out at once, and their sign-ins at the provider end", async () => {
  const [first = "", second = ""] = (await world.view()).profiles.map(({ id }) => id);
  for (const id of [second, first]) {
    await world.call("profiles.select", { id });
    who("alice");
    await world.call("session.signIn", { profile: id });
  }
  await world.requests();
  await world.call("session.signOutAll", {});
  expect(kept(/^session\//)).toEqual([]);
  expect(await session()).toEqual({ state: "signed-out", error: null });
  const seen: string[] = [];
  await vi.waitFor(
    async () => {
      seen.push(...(await world.requests()));
      expect(seen.filter((one) => one === "issuer:revocation")).toHaveLength(2);
      expect(seen).toContain("issuer:endSession");
    },
    { timeout: 8000 },
  );
});
