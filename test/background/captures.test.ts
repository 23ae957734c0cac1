/** Captures through the whole background: menus, shortcuts, notifications and storage. */
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
  world.fake.shownNotifications.clear();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await world.control("DELETE", "/faults");
  await world.call("session.signOut", { profile });
  await new Promise((resolve) => setTimeout(resolve, 100));
  await world.requests();
});

/** Other bytes each time: what is there already is not stored twice. */
let pictures = 0;
const picture = () => {
  pictures += 1;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg"><!-- ${pictures} --></svg>`;
  return `data:image/svg+xml;base64,${btoa(svg)}`;
};

const click = (info: Record<string, unknown>, tab: Record<string, unknown> = { title: "A page" }) =>
  world.fake.contextMenus.onClicked.emit({ pageUrl: "https://example.com/page", ...info }, tab);
const save = (srcUrl: string) => click({ menuItemId: "save-image", srcUrl });
const told = () => [...world.fake.shownNotifications];
const whenTold = (title: string) =>
  vi.waitFor(() => expect(told()).toMatchObject([[expect.any(String), { title }]]), { timeout: 5000 });

test("the menu is there once, however often the extension starts", async () => {
  for (let start = 0; start < 2; start++) world.fake.runtime.onStartup.emit();
  await vi.waitFor(() =>
    expect(world.fake.shownMenus.map(({ id, contexts }) => [id, ...contexts])).toEqual([
      ...[
        ["save-image", "image"],
        ["save-video", "video"],
        ["save-audio", "audio"],
        ["save-link", "link"],
      ],
      ...[
        ["save-selection", "selection"],
        ["save-page", "page", "frame"],
        ["save-screenshot", "page", "frame"],
      ],
      ...[
        ["save-page-screenshot", "page", "frame"],
        ["save-bookmark", "page", "frame"],
      ],
    ]),
  );
});

describe("an image's menu entry", () => {
  test("saves the image by one PUT and one PutItem, says so, and leads to it", async () => {
    await world.signIn("alice");
    await world.requests();
    save(picture());
    await whenTold("told_saved");
    expect(await world.requests()).toEqual(["s3:PutObject", "dynamodb:PutItem"]);
    const { rows } = await world.call("captures.list", { profile, filter: {}, limit: 10 });
    expect(rows).toMatchObject([{ kind: "image", page: "https://example.com/page", title: "A page" }]);
    const { files } = await world.call("files.list", { profile, prefix: "", flat: true });
    expect(files.map(({ path }) => path)).toContain(rows[0]?.path);
    world.fake.notifications.onClicked.emit(told()[0]?.[0]);
    await vi.waitFor(() =>
      expect(world.fake.openTabs[0]?.url).toMatch(new RegExp(`/app\\.html#/captures/${rows[0]?.id}$`)),
    );
    expect((await world.view()).recent.files.map(({ path }) => path)).toContain(rows[0]?.path);
    const { saved } = await world.call("captures.here", { profile, url: "https://example.com/page#part" });
    expect(saved).toMatchObject([{ id: rows[0]?.id }]);
  });

  test("says that the same bytes are there already, without a request", async () => {
    await world.signIn("alice");
    const same = picture();
    save(same);
    await whenTold("told_saved");
    await world.requests();
    world.fake.shownNotifications.clear();
    save(same);
    await whenTold("told_known");
    expect(await world.requests()).toEqual([]);
  });

  test("is completed by an alarm when it was cut in half", async () => {
    await world.signIn("alice");
    const create = vi.spyOn(world.fake.alarms, "create");
    await world.control("POST", "/faults", { operation: "PutItem", kind: "error", status: 400, code: "Broken" });
    save(picture());
    await whenTold("told_not_saved");
    await vi.waitFor(() => expect(create).toHaveBeenCalledWith("captures", expect.anything()));
    await world.control("DELETE", "/faults");
    await world.requests();
    world.fake.alarms.onAlarm.emit({ name: "captures" });
    await vi.waitFor(async () =>
      expect(await world.control("GET", "/requests")).toMatchObject([{ operation: "PutItem", status: 200 }]),
    );
  });

  test("asks for the image's host within the click, and for none where the page lies", async () => {
    const request = vi.spyOn(world.fake.permissions, "request");
    save("https://images.example.com:8443/a.png");
    expect(request.mock.calls).toEqual([[{ origins: ["https://images.example.com/*"] }]]);
    click({ menuItemId: "save-image", srcUrl: "https://example.com/b.png", frameId: 0 }, { id: 3, title: "A page" });
    expect(request.mock.calls).toHaveLength(1);
    await vi.waitFor(() => expect(told()).toHaveLength(2));
    const pending = await vi.waitFor(async () => {
      const found = (await world.view()).captures.pending;
      expect(found.map(({ state }) => state)).toEqual(["failed", "failed"]);
      return found;
    });
    await world.call("captures.discard", { ids: pending.map(({ id }) => id) });
  });

  test("does not fetch from inside the network, and offers to", async () => {
    await world.signIn("alice");
    save("http://192.168.0.1/cam.png");
    await whenTold("told_not_saved");
    const [[id = "", { buttons, message } = { message: "", buttons: [] }] = []] = told();
    expect(message).toContain("error_capture_blocked 192.168.0.1");
    expect(buttons?.map(({ title }) => title)).toEqual(["told_offer_allow_address", "told_offer_save_link"]);
    world.fake.shownNotifications.clear();
    await world.requests();
    world.fake.notifications.onButtonClicked.emit(id, 1);
    await whenTold("told_saved");
    const { rows } = await world.call("captures.list", { profile, filter: { kind: "bookmark" }, limit: 10 });
    expect(rows).toMatchObject([{ url: "http://192.168.0.1/cam.png", type: "application/internet-shortcut" }]);
  });
});

test("a shortcut saves the page's address alone", async () => {
  await world.signIn("alice");
  world.fake.commands.onCommand.emit("save-bookmark", { id: 4, url: "https://example.com/a", title: "Ä/B" });
  await whenTold("told_saved");
  const { rows } = await world.call("captures.list", { profile, filter: { kind: "bookmark", text: "b ä" }, limit: 10 });
  expect(rows.slice(0, 1)).toMatchObject([
    { kind: "bookmark", url: "https://example.com/a", path: expect.stringMatching(/\.url$/) },
  ]);
});

describe("signed out", () => {
  test("it is kept, and goes out once the same person is there, though the browser ended meanwhile", async () => {
    await world.signIn("alice");
    await world.call("session.signOut", { profile });
    save(picture());
    await whenTold("told_kept");
    await vi.waitFor(async () =>
      expect((await world.view()).captures).toMatchObject({ pending: [{ state: "kept" }], unclaimed: 1 }),
    );
    await world.restart();
    await world.requests();
    await world.signIn("alice");
    await vi.waitFor(async () => expect((await world.view()).captures).toMatchObject({ pending: [], unclaimed: 0 }));
    expect((await world.requests()).filter((one) => /Put/.test(one))).toEqual(["s3:PutObject", "dynamodb:PutItem"]);
  });

  test("somebody else is asked", async () => {
    await world.signIn("alice");
    await world.call("session.signOut", { profile });
    save(picture());
    await whenTold("told_kept");
    await world.signIn("bob");
    await vi.waitFor(async () => expect((await world.view()).captures).toMatchObject({ pending: [], unclaimed: 1 }));
    expect((await world.requests()).filter((one) => /Put/.test(one))).toEqual([]);
    await world.call("captures.claim", { profile, take: true });
    await vi.waitFor(async () => {
      const { rows } = await world.call("captures.list", { profile, filter: {}, limit: 10 });
      expect(rows).toHaveLength(1);
    });
    await vi.waitFor(async () => expect((await world.view()).captures.unclaimed).toBe(0));
  });
});

test("a capture is annotated, moved, read, removed and brought back by commands", async () => {
  await world.signIn("alice");
  save(picture());
  await whenTold("told_saved");
  const { rows } = await world.call("captures.list", { profile, filter: {}, limit: 1 });
  const { id = "" } = rows[0] ?? {};
  await world.call("captures.annotate", { profile, id, tags: ["α", "b"], note: "n" });
  const moved = await world.call("captures.move", { profile, id, path: "pets/cat.svg" });
  expect(moved).toMatchObject({ tags: ["α", "b"], note: "n", path: "pets/cat.svg" });
  const { bytes } = await world.call("captures.read", { profile, id });
  expect([bytes.type, await bytes.text()]).toEqual(["image/svg+xml", expect.stringContaining("<svg")]);
  const { undo } = await world.call("captures.remove", { profile, id });
  await expect(world.call("captures.get", { profile, id })).rejects.toMatchObject({ code: "item-missing" });
  await world.call("captures.restore", { profile, undo: undo ?? "" });
  expect(await world.call("captures.get", { profile, id })).toMatchObject({ path: "pets/cat.svg" });
  const facets = await world.call("captures.facets", { profile });
  expect(facets).toMatchObject({ tags: expect.arrayContaining([["α", 1]]) });
});
