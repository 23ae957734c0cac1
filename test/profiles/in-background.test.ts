/** Profiles in the whole background, with the local AWS: links, discovery, a policy, and several profiles side by side. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { profileText } from "../../src/profiles/parse-profile.ts";
import { profileId } from "../../src/profiles/profile-id.ts";
import type { Profile } from "../../src/shared/profile.ts";
import { type BackgroundWorld, createBackgroundWorld } from "../background/support/background-world.ts";

const browser = vi.hoisted(() => {
  const holder: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(holder.current, key) }) });
  return holder;
});

let world: BackgroundWorld;
let local: Profile;
let server: Server;
let origin: string;
let answer: (url: string) => { status?: number; headers?: Record<string, string>; body?: string } | "silence";

beforeAll(async () => {
  world = await createBackgroundWorld((fake) => {
    browser.current = fake;
  });
  local = world.aws.profile;
  server = createServer((request, response) => {
    const told = answer(request.url ?? "");
    if (told === "silence") return;
    response.writeHead(told.status ?? 200, told.headers);
    response.end(told.body ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}, 30_000);

beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
});

afterEach(async () => {
  vi.restoreAllMocks();
  await world.control("DELETE", "/faults");
});

afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await world?.close();
});

describe("a profile's link", () => {
  const fetched = (url: string) => world.call("profiles.fetch", { url }).then(({ text }) => text);
  const host = () => new URL(origin).host;

  test("gives the text of the profile, by the server's name alone too", async () => {
    const text = profileText(local);
    answer = (url) => (url === "/.well-known/holdall.json" ? { body: text } : { status: 404 });
    expect(await fetched(origin)).toBe(text);
    expect(await fetched(`  ${origin}/.well-known/holdall.json\n`)).toBe(text);
    const { entries } = await world.call("activity.list", {});
    expect(entries.at(-1)).toMatchObject({ service: "profile-link", host: host(), status: 200 });
  });

  test("of the local directory gives its profile", async () => {
    expect(JSON.parse(await fetched(world.aws.directory))).toMatchObject({ holdall: 2 });
  });

  test("is asked for without cookies, and past every cache", async () => {
    const spy = vi.spyOn(globalThis, "fetch");
    answer = () => ({ body: "{}" });
    await fetched(`${origin}/a.json`);
    expect(spy.mock.calls.at(-1)?.[1]).toMatchObject({ credentials: "omit", cache: "no-store", redirect: "manual" });
  });

  test.each<[what: string, told: ReturnType<typeof answer>, code: string, subs: string[]]>([
    ["leads elsewhere", { status: 302, headers: { location: "https://evil.example/" } }, "profile-link-redirects", []],
    ["is missing", { status: 404, body: "{}" }, "profile-link-refused", ["404"]],
    ["breaks", { status: 503 }, "profile-link-refused", ["503"]],
    ["is a page", { body: "<!doctype html><title>Sign in</title>" }, "profile-link-not-json", []],
    ["is nothing", {}, "profile-link-not-json", []],
    ["is a picture", { body: "\u0089PNG\r\n\u001a\n" }, "profile-link-not-json", []],
    ["never ends", { body: `{"name": "${"x".repeat(1_000_000)}"}` }, "profile-link-too-large", []],
  ])("that %s is refused in words", async (_, told, code, subs) => {
    answer = () => told;
    await expect(fetched(`${origin}/x`)).rejects.toMatchObject({ code, facts: { subs: [host(), ...subs] } });
  });

  test("with a comma too many comes as it is: the preview says where", async () => {
    answer = () => ({ body: '{ "holdall": 2, }' });
    const text = await fetched(`${origin}/x`);
    await expect(world.call("profiles.preview", { text })).rejects.toMatchObject({ code: "profile-not-json" });
  });

  test("that gives no answer is given up", async () => {
    answer = () => "silence";
    const timeout = vi.spyOn(AbortSignal, "timeout").mockImplementation((): AbortSignal => {
      const abort = new AbortController();
      setTimeout(() => abort.abort(new DOMException("late", "TimeoutError")), 50);
      return abort.signal;
    });
    await expect(fetched(`${origin}/x`)).rejects.toMatchObject({ code: "profile-link-unreachable" });
    expect(timeout).toHaveBeenCalledWith(8000);
  });

  test.each([
    "example.com",
    "http://example.com",
    "ftp://example.com",
    "https://user:word@example.com/",
    "https://",
    "javascript:alert(1)",
    "https://example.com/\u202egnp",
    `https://example.com/${"x".repeat(3000)}`,
  ])("is none: %s", async (url) => {
    await expect(fetched(url)).rejects.toMatchObject({ code: "profile-link-invalid" });
  });

  test("is remembered by its host with the profile", async () => {
    const { id } = await world.call("profiles.import", {
      text: profileText({ ...local, name: "By link", clientId: "by-link" }),
      from: "https://Profiles.Example.com:8443/x?y",
    });
    const { profiles, activeProfile } = await world.view();
    expect(profiles.find((one) => one.id === id)).toMatchObject({ from: "profiles.example.com:8443" });
    expect(activeProfile).toBe(id);
    await world.call("profiles.remove", { id });
    expect(world.fake.storage.local.values.has(`profileFrom/${id}`)).toBe(false);
  });
});

describe("discovery before a profile is kept", () => {
  const discover = (profile: Profile) => world.call("profiles.discover", { text: profileText(profile) });

  test("tells where the person signs in, and what is still to be allowed", async () => {
    expect(await discover(local)).toEqual({
      needed: [],
      authorizationHost: new URL(local.issuer).host,
      tokenHost: new URL(local.issuer).host,
      scopesMissing: [],
    });
    const endpoints = { ...local.endpoints, dynamodb: "https://db.example.com" };
    expect(await discover({ ...local, endpoints, scopes: [...local.scopes, "unheard-of"] })).toMatchObject({
      needed: ["https://db.example.com/*"],
      scopesMissing: ["unheard-of"],
    });
  });

  test("costs the sign-in that follows no request", async () => {
    await discover(local);
    await world.call("activity.clear", {});
    await world.signIn("alice");
    const { entries } = await world.call("activity.list", {});
    const actions = entries.filter(({ service }) => service === "issuer").map(({ action }) => action);
    expect(actions).toContain("token");
    expect(actions).not.toContain("discovery");
    await world.call("session.signOut", { profile: world.profile });
  });

  test("tells of a provider that calls itself otherwise, if by a slash", async () => {
    const issuer = `${local.issuer}/`.replace(/\/\/$/, "/");
    const found = await discover({ ...local, issuer }).catch((error) => error);
    expect(found).toMatchObject({ code: "issuer-mismatch", facts: { subs: [issuer, local.issuer] } });
  });

  test("tells of endpoints elsewhere: they are asked for too", async () => {
    const issuer = `${origin}/tenant`;
    const at = (path: string) => `https://login.example.org${path}`;
    answer = () => ({
      body: JSON.stringify({
        issuer,
        authorization_endpoint: at("/authorize"),
        token_endpoint: "https://token.example.org/token",
        jwks_uri: "https://keys.example.org/jwks",
        revocation_endpoint: at("/revoke"),
        end_session_endpoint: "https://out.example.org/",
        scopes_supported: "all",
      }),
    });
    expect(await discover({ ...local, issuer })).toEqual({
      needed: ["token", "keys", "login", "out"].map((name) => `https://${name}.example.org/*`),
      authorizationHost: "login.example.org",
      tokenHost: "token.example.org",
      scopesMissing: [],
    });
  });

  test.each<[what: string, told: ReturnType<typeof answer>, code: string]>([
    ["a page", { body: "<html></html>" }, "issuer-not-openid"],
    ["nothing", { status: 404 }, "issuer-not-openid"],
    [
      "an endpoint without TLS",
      {
        body: '{"issuer":"ISSUER","authorization_endpoint":"http://a.example/","token_endpoint":"http://a.example/","jwks_uri":"http://a.example/"}',
      },
      "issuer-insecure",
    ],
  ])("is refused by %s", async (what, told, code) => {
    const issuer = `${origin}/${what.length}`;
    answer = () => (told === "silence" ? told : { ...told, body: (told.body ?? "").replace("ISSUER", issuer) });
    await expect(discover({ ...local, issuer })).rejects.toMatchObject({ code });
  });

  test("of what is no profile sends nothing", async () => {
    await world.requests();
    await expect(world.call("profiles.discover", { text: "{}" })).rejects.toMatchObject({ code: "profile-invalid" });
    expect(await world.requests()).toEqual([]);
  });
});

describe("a profile that hands the sign-in to somebody else", () => {
  test("is named before it is kept, and nobody is signed in to it silently before they were by their own click", async () => {
    const foreign = { ...local, name: "Foreign", endpoints: { ...local.endpoints, sts: "https://sts.example.org" } };
    const text = profileText(foreign);
    expect(await world.call("profiles.preview", { text })).toMatchObject({ foreignSts: "sts.example.org" });
    const launch = vi.spyOn(world.window, "launch");
    const { id } = await world.call("profiles.import", { text });
    world.fake.runtime.onStartup.emit();
    await world.restart();
    world.fake.runtime.onStartup.emit();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(launch).not.toHaveBeenCalled();
    expect((await world.view()).session).toEqual({ state: "signed-out", error: null });
    await world.call("profiles.remove", { id });
  });
});

describe("a policy", () => {
  const other = () => ({ ...local, name: "Managed", bucket: { ...local.bucket, name: "managed-files" } });
  const setPolicy = async (values: Record<string, unknown>) => {
    const { managed } = world.fake.storage;
    managed.values.clear();
    await managed.set(values);
    managed.onChanged.emit({});
  };
  const shown = async () => (await world.view()).profiles.map(({ name, managed = false }) => [name, managed]);
  const startProfile = () => world.call("profiles.select", { id: world.profile });

  afterEach(async () => {
    await setPolicy({});
    await vi.waitFor(async () => expect((await shown()).flat()).not.toContain(true));
    await startProfile();
  });

  test("brings profiles while the browser runs, and takes them with whoever is signed in", async () => {
    const managed = { ...local, name: "Managed" };
    await world.signIn("alice");
    await setPolicy({ profiles: [managed], active: "Managed" });
    await vi.waitFor(async () => expect(await shown()).toEqual([["Managed", true]]));
    expect((await world.view()).session).toMatchObject({ state: "signed-in" });
    await setPolicy({ profiles: [other()] });
    await vi.waitFor(async () =>
      expect(await shown()).toEqual([
        ["Managed", true],
        ["Local", false],
      ]),
    );
    expect([...world.fake.storage.session.values.keys()].filter((key) => key.startsWith("session/"))).toEqual([]);
  });

  test("that is wrong says so, works as far as it is right, and sets the lock", async () => {
    await setPolicy({ profiles: [other(), { name: 1 }], active: "x", lock: { idleMinutes: 7 } });
    await vi.waitFor(async () =>
      expect(await shown()).toEqual([
        ["Managed", true],
        ["Local", false],
      ]),
    );
    const policy = await world.call("profiles.policy", {});
    expect(policy).toMatchObject({ managed: true, allowImport: true });
    expect(policy.problems.map(({ facts }) => facts.subs?.[0])).toEqual(["profiles[1].holdall", "active"]);
    expect(await world.call("session.lockSettings", {})).toEqual({
      idleMinutes: 7,
      onScreenLock: false,
      managed: true,
      tellsScreenLock: true,
    });
    await expect(world.call("session.configureLock", { idleMinutes: null, onScreenLock: false })).rejects.toMatchObject(
      { code: "managed" },
    );
  });

  test("refuses imports and removals in the background, whatever a page shows", async () => {
    await setPolicy({ profiles: [other()], allowImport: false });
    await vi.waitFor(async () => expect(await shown()).toHaveLength(2));
    const text = profileText({ ...local, clientId: "mine" });
    await expect(world.call("profiles.import", { text })).rejects.toMatchObject({ code: "import-forbidden" });
    const id = await profileId(other());
    await expect(world.call("profiles.remove", { id })).rejects.toMatchObject({ code: "managed" });
    await expect(world.call("profiles.edit", { id, name: "x", colour: "#000000" })).rejects.toMatchObject({
      code: "managed",
    });
    expect(await shown()).toEqual([
      ["Managed", true],
      ["Local", false],
    ]);
  });

  test("is there after the background ended, and one that went meanwhile is noticed at the start", async () => {
    await setPolicy({ profiles: [other()] });
    await vi.waitFor(async () => expect(await shown()).toHaveLength(2));
    const { managed } = world.fake.storage;
    await world.restart();
    await vi.waitFor(async () => expect(await shown()).toHaveLength(2));
    managed.values.clear();
    await world.restart();
    world.fake.runtime.onStartup.emit();
    await vi.waitFor(async () => expect(await shown()).toEqual([["Local", false]]));
  });

  test("that cannot be read is none", async () => {
    const { managed } = world.fake.storage;
    vi.spyOn(managed, "get").mockRejectedValue(new Error("Managed storage manifest not found"));
    managed.onChanged.emit({});
    await vi.waitFor(async () => expect(await world.call("profiles.policy", {})).toMatchObject({ managed: false }));
    expect(await shown()).toEqual([["Local", false]]);
  });
});

describe("what waits for a profile", () => {
  test("is told before it is removed, and gone with it", async () => {
    const { id } = await world.call("profiles.import", {
      text: profileText({ ...local, name: "Waiting", clientId: "w" }),
    });
    expect(await world.call("profiles.waiting", { id })).toEqual({ transfers: 0, captures: 0 });
    world.fake.openTabs.push({ id: 77, url: "https://notes.example/" });
    Object.assign(world.fake.tabs, { get: async () => ({ id: 77, url: "https://notes.example/", title: "Notes" }) });
    await world.call("captures.take", { kind: "bookmark", tab: 77, tags: [], note: "" }, "/popup.html");
    await vi.waitFor(async () =>
      expect(await world.call("profiles.waiting", { id })).toEqual({ transfers: 0, captures: 1 }),
    );
    expect(await world.call("profiles.waiting", { id: world.profile })).toEqual({ transfers: 0, captures: 0 });
    await world.call("profiles.remove", { id });
    expect(await world.call("profiles.waiting", { id })).toEqual({ transfers: 0, captures: 0 });
  });
});
