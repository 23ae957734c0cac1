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
  // The provider is told in the background; the next test's log begins after it.
  await new Promise((resolve) => setTimeout(resolve, 100));
  await world.requests();
});

const text = (value: string) => ({ text: { S: value } });
const session = async () => (await world.view()).session;
const secretsKept = () =>
  [...world.fake.storage.session.values.keys()].filter((key) => /^(?:session|pending|draft)\//.test(key));

async function upload(path: string, content = "hello"): Promise<void> {
  const file = new Blob([content], { type: "text/plain" });
  const { transferId } = await world.call("files.upload", { profile, file, path, ifExists: "replace" });
  await vi.waitFor(async () => {
    const transfer = (await world.view()).transfers.find(({ id }) => id === transferId);
    expect(transfer).toMatchObject({ state: "done" });
  });
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
    expect(requests.slice(-2).sort()).toEqual(["dynamodb:Query", "s3:ListObjectsV2"]);
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
    world.fake.granted.add("http://127.0.0.1/*");
    expect(await world.requests()).toEqual([]);
  });
});

describe("items and files", () => {
  test("are written, shown without another request, and deleted", async () => {
    await world.signIn("alice");
    await world.requests();
    const row = await world.call("items.save", { profile, sortKey: "note", attributes: text("one"), basis: null });
    expect((await world.view()).recent.items).toContainEqual(row);
    await upload("docs/a.txt");
    await vi.waitFor(async () =>
      expect((await world.view()).recent.files).toMatchObject([{ path: "docs/a.txt", size: 5 }]),
    );
    const [shown] = (await world.view()).recent.files;
    expect(await world.requests()).toEqual(["dynamodb:PutItem", "s3:PutObject"]);
    const { files } = await world.call("files.list", { profile, prefix: "docs/" });
    expect(files).toMatchObject([{ path: "docs/a.txt", etag: shown?.etag }]);
    const etag = shown?.etag ?? "";
    const { deleteMarker } = await world.call("files.delete", { profile, path: "docs/a.txt", etag });
    expect((await world.view()).recent.files).toEqual([]);
    await world.call("files.undelete", { profile, path: "docs/a.txt", deleteMarker: deleteMarker ?? "" });
    expect((await world.view()).recent.files).toMatchObject([{ path: "docs/a.txt" }]);
    await world.call("items.delete", { profile, sortKey: "note", basis: row.attributes });
    expect((await world.view()).recent.items).toEqual([]);
  });

  test("of one person are not there for the next", async () => {
    await world.signIn("alice");
    await world.call("items.save", { profile, sortKey: "alice's", attributes: text("x"), basis: null });
    await upload("alice.txt");
    await world.call("session.signOut", { profile });
    expect((await world.view()).recent).toMatchObject({ state: "empty", files: [], items: [] });
    expect((await world.view()).transfers).toEqual([]);
    await world.signIn("bob");
    const view = await world.view();
    expect(view.recent).toMatchObject({ state: "loaded", files: [], items: [] });
    expect(view.transfers).toEqual([]);
    expect(JSON.stringify([...world.fake.storage.session.values])).not.toContain("alice");
    await expect(world.call("items.get", { profile, sortKey: "alice's" })).rejects.toMatchObject({
      code: "item-missing",
    });
  });

  test("for another profile than the shown one are refused", async () => {
    await world.signIn("alice");
    for (const [command, input] of [
      ["items.get", { profile: "other", sortKey: "a" }],
      ["files.save", { profile: "other", path: "a" }],
      ["session.signOut", { profile: "other" }],
      ["recent.refresh", { profile: "other" }],
    ] as const) {
      await expect(world.call(command, input)).rejects.toMatchObject({ code: "profile-not-active" });
    }
  });

  test("need a session", async () => {
    await expect(world.call("items.get", { profile, sortKey: "a" })).rejects.toMatchObject({ code: "signed-out" });
    await expect(world.call("files.save", { profile, path: "a" })).rejects.toMatchObject({ code: "signed-out" });
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
    const requests = (await world.requests()).filter((one) => !/discovery|jwks/.test(one));
    expect(requests).toEqual(["dynamodb:Query", "sts:AssumeRoleWithWebIdentity", "dynamodb:Query"]);
  });

  test("is wiped within a second though the provider hangs; what was under way is dropped", async () => {
    await world.signIn("alice");
    await world.fake.storage.session.set({ [`draft/${profile}/new`]: "typed" });
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
    expect(await session()).toMatchObject({ state: "signed-out" });
    world.fake.runtime.onInstalled.emit({ reason: "update" });
    await vi.waitFor(async () => expect(await session()).toMatchObject({ state: "signed-in" }));
  });
});

describe("the packaged profile", () => {
  test("is there, can be looked at by the app, and hands out no secret", async () => {
    const { text: exported } = await world.call("profiles.export", { id: profile });
    expect(JSON.parse(exported)).toEqual(world.aws.profile);
    const preview = await world.call("profiles.preview", { text: exported });
    expect(preview).toMatchObject({ id: profile, replaces: true, hosts: ["http://127.0.0.1/*"] });
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

describe("an image's menu entry", () => {
  const png =
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAEElEQVR4nGP4z8AARwzEcQCukw/x0F8jngAAAABJRU5ErkJggg==";
  const click = (srcUrl: string) => {
    const info = { menuItemId: "save-image", srcUrl, pageUrl: "https://example.com/page" };
    world.fake.contextMenus.onClicked.emit(info, { title: "A page" });
  };
  const told = () => [...world.fake.shownNotifications];

  beforeEach(() => world.fake.shownNotifications.clear());

  test("is there once, however often the extension starts", async () => {
    for (let start = 0; start < 2; start++) world.fake.runtime.onStartup.emit();
    await vi.waitFor(() => expect(world.fake.shownMenus.map(({ id }) => id)).toEqual(["save-image"]));
  });

  test("saves the image by one PUT and one PutItem, says so, and leads to it", async () => {
    await world.signIn("alice");
    await world.requests();
    click(png);
    await vi.waitFor(() => expect(told()).toMatchObject([[expect.any(String), { title: "capture_saved" }]]));
    expect(await world.requests()).toEqual(["s3:PutObject", "dynamodb:PutItem"]);
    const { files } = await world.call("files.list", { profile, prefix: "", flat: true });
    const saved = files.find(({ path }) => path.startsWith("captures/"));
    expect(saved?.path).toMatch(/\.png$/);
    world.fake.notifications.onClicked.emit(told()[0]?.[0]);
    await vi.waitFor(() => expect(world.fake.openTabs[0]?.url).toMatch(/\/app\.html#\/files\/captures\/.*\.png$/));
    expect((await world.view()).recent).toMatchObject({
      files: [{ path: saved?.path }, ...(await world.view()).recent.files.slice(1)],
    });
  });

  test("asks for the image's host within the click", async () => {
    const request = vi.spyOn(world.fake.permissions, "request");
    click("https://images.example.com:8443/a.png");
    expect(request.mock.calls).toEqual([[{ origins: ["https://images.example.com/*"] }]]);
    await vi.waitFor(() => expect(told()).toHaveLength(1));
  });

  test("says why when nobody is signed in", async () => {
    click(png);
    await vi.waitFor(() =>
      expect(told()).toMatchObject([
        [expect.any(String), { title: "capture_not_saved", message: expect.stringContaining("error_signed_out") }],
      ]),
    );
  });
});

describe("a damaged journal", () => {
  test("takes the transfers away and nothing else", async () => {
    vi.stubGlobal("indexedDB", { open: () => raise(new Error("damaged")) });
    await world.restart();
    await world.signIn("alice");
    await world.call("items.save", { profile, sortKey: "still", attributes: text("works"), basis: null });
    const file = new Blob(["x"]);
    await expect(world.call("files.upload", { profile, file, path: "a", ifExists: "fail" })).rejects.toMatchObject({
      code: "journal-damaged",
    });
    await world.call("session.signOut", { profile });
    await vi.waitFor(() => expect(secretsKept()).toEqual([]));
  });
});

function raise(error: Error): never {
  throw error;
}
