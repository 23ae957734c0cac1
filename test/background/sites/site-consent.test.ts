/** From a site's wish to the person's word, and what their word does at once. */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type BackgroundWorld, createBackgroundWorld } from "../support/background-world.ts";
import { allowSite, connectSite, openSitePage, terms } from "../support/site-page.ts";

const browser = vi.hoisted(() => {
  const holder: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(holder.current, key) }) });
  return holder;
});

let world: BackgroundWorld;

beforeAll(async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  world = await createBackgroundWorld((fake) => {
    browser.current = fake;
  });
  await world.signIn("alice");
});
afterAll(async () => {
  await world.call("session.signOut", { profile: world.profile });
  await world.close();
  vi.restoreAllMocks();
});

const windows = () => [...world.fake.windows.opened.entries()];
const idOf = (address: string) => new URL(address).searchParams.get("id") ?? "";
let tabs = 0;
const openTab = (url: string) => {
  tabs += 1;
  world.fake.openTabs.push({ id: tabs, url });
  return tabs;
};
const click = (tab: number, held = false) =>
  world.call("sites.connect", { profile: world.profile, tab, held }, "/popup.html");
const asked = () => {
  const [, address = ""] = windows().at(-1) ?? [];
  return idOf(address);
};

describe("the click in the popup", () => {
  test.each(["file:///x.html", "chrome://settings/", "about:blank", "http://notes.example/", ""])(
    "on %s is told that it cannot be connected",
    async (url) => {
      await expect(click(openTab(url))).rejects.toMatchObject({ code: "site-not-connectable" });
      expect(windows()).toEqual([]);
    },
  );

  test("waits for the permission, and goes on when the browser's question was answered after the popup closed", async () => {
    await click(openTab("https://later.example/a"));
    expect(windows()).toEqual([]);
    world.fake.granted.add("https://later.example/*");
    world.fake.permissions.onAdded.emit({});
    await vi.waitFor(() => expect(windows()).toHaveLength(1));
    const view = await world.call("sites.consent", { id: asked() }, "/consent.html");
    expect(view).toMatchObject({
      ...{ origin: "https://later.example", unicodeHost: null, lookAlike: false, declared: false, present: null },
      ...{ wall: "session", area: "apps/https_later.example/", identity: { name: "Alice Archer" } },
    });
    // Asked again, it is the same window.
    await click(tabs);
    await click(openTab("https://later.example/b"));
    expect(windows()).toHaveLength(1);
    await world.call("sites.refuse", { id: asked() }, "/consent.html");
    expect(windows()).toEqual([]);
    expect(await openSitePage(world, "https://later.example").hello()).toBe(false);
  });

  test("whose window does not open when the permission comes is told by the next popup, until the next click", async () => {
    await click(openTab("https://windowless.example/"));
    const { create } = world.fake.windows;
    world.fake.windows.create = async () => {
      throw new Error("no room for a window");
    };
    world.fake.granted.add("https://windowless.example/*");
    world.fake.permissions.onAdded.emit({});
    await vi.waitFor(async () => expect((await world.view()).sites.error).toMatchObject({ code: "internal" }));
    world.fake.windows.create = create;
    world.fake.granted.add("https://windowless.example/*");
    await click(tabs);
    expect((await world.view()).sites.error).toBeNull();
    expect(windows()).toHaveLength(1);
    await world.call("sites.refuse", { id: asked() }, "/consent.html");
  });

  test("shows a look-alike as what it is", async () => {
    world.fake.granted.add("https://xn--80ak6aa92e.com/*");
    await click(openTab("https://xn--80ak6aa92e.com/"));
    expect(await world.call("sites.consent", { id: asked() }, "/consent.html")).toMatchObject({
      ...{ unicodeHost: "аррӏе.com", lookAlike: true },
    });
    await world.call("sites.refuse", { id: asked() }, "/consent.html");
  });

  test("outlives the background's end", async () => {
    world.fake.granted.add("https://kept.example/*");
    await click(openTab("https://kept.example/"));
    const id = asked();
    await world.restart();
    expect(await world.call("sites.consent", { id }, "/consent.html")).toMatchObject({
      origin: "https://kept.example",
    });
    await allowSite(world, id);
    world.fake.granted.add("https://kept.example/*");
    expect(await openSitePage(world, "https://kept.example").hello()).toBe(true);
    await expect(world.call("sites.consent", { id }, "/consent.html")).rejects.toMatchObject({ code: "site-unknown" });
  });
});

describe("a permission that was asked for with a question that got no yes", () => {
  const held = (origin: string) => world.fake.granted.has(`${origin}/*`);
  const scripts = () => JSON.stringify([...world.fake.scripting.registered.values()]);
  const refuse = (id: string) => world.call("sites.refuse", { id }, "/consent.html");
  /** The click, and the person's word to the browser. */
  async function ask(origin: string): Promise<string> {
    await click(openTab(`${origin}/`));
    const { protocol, hostname } = new URL(origin);
    await world.fake.permissions.request({ origins: [`${protocol}//${hostname}/*`] });
    await vi.waitFor(() => expect(asked()).not.toBe(""));
    return asked();
  }

  test.each<[string, () => Promise<unknown>]>([
    ["refused", async () => refuse(asked())],
    ["closed", async () => world.fake.windows.remove(windows()[0]?.[0] ?? 0)],
  ])("is given back: %s", async (name, end) => {
    const origin = `https://${name}.example`;
    await ask(origin);
    expect(held(origin)).toBe(true);
    await end();
    await vi.waitFor(() => expect(held(origin)).toBe(false));
    expect(scripts()).not.toContain(origin);
  });

  test("is given back when it comes so late that nobody asks any more", async () => {
    const origin = "https://late.example";
    await click(openTab(`${origin}/`));
    const now = vi.spyOn(Date, "now").mockReturnValue(Date.now() + 6 * 60_000);
    await world.fake.permissions.request({ origins: [`${origin}/*`] });
    await vi.waitFor(() => expect(held(origin)).toBe(false));
    now.mockRestore();
    expect(windows()).toEqual([]);
  });

  test("stays where it was there before, for captures", async () => {
    const origin = "https://captured.example";
    world.fake.granted.add(`${origin}/*`);
    await click(openTab(`${origin}/`), true);
    await refuse(asked());
    expect(held(origin)).toBe(true);
  });

  test("stays while a connection, another question or a profile needs it", async () => {
    const port = "https://ports.example:8443";
    const first = await ask("https://ports.example");
    await click(openTab(`${port}/`), true);
    await vi.waitFor(() => expect(windows()).toHaveLength(2));
    const second = asked();
    await refuse(first);
    expect(held("https://ports.example")).toBe(true);
    await allowSite(world, second);
    await refuse(await ask("https://ports.example"));
    expect(held("https://ports.example")).toBe(true);
    // The local AWS is at that host.
    await refuse(await ask("http://127.0.0.1:9"));
    expect(held("http://127.0.0.1")).toBe(true);
  });

  test("stays with a site that is connected, whatever it asks besides", async () => {
    const origin = "https://besides.example";
    await connectSite(world, origin, { files: "none" });
    await click(openTab(`${origin}/`));
    await refuse(asked());
    expect(held(origin)).toBe(true);
  });
});

test("a yes counts for who was shown, and for nobody who signed in meanwhile", async () => {
  world.fake.granted.add("https://shown.example/*");
  await click(openTab("https://shown.example/"));
  const id = asked();
  const input = { id, identity: "somebody-else", ...terms };
  await expect(world.call("sites.allow", input as never, "/consent.html")).rejects.toMatchObject({
    code: "site-other-person",
  });
  expect(await openSitePage(world, "https://shown.example").hello()).toBe(false);
  await allowSite(world, id);
  expect(await openSitePage(world, "https://shown.example").hello()).toBe(true);
});

test("a page that asked while nobody was signed in gets the answer to its own request", async () => {
  const origin = "https://waits.example";
  await connectSite(world, origin, { items: "read" });
  await world.call("session.signOut", { profile: world.profile });
  const page = openSitePage(world, origin);
  await page.hello();
  const call = page.begin("connect", { files: "write", items: "write" });
  await vi.waitFor(() => expect(windows()).toHaveLength(1));
  await world.signIn("alice");
  await allowSite(world, asked());
  expect((await page.answer(call)).result).toMatchObject({ ok: true, value: { items: "write" } });
  expect(page.sent().filter(({ type }) => type === "event")).toEqual([]);
});

test("a no holds for a minute, also when the background ends", async () => {
  const origin = "https://minute.example";
  await connectSite(world, origin);
  const ask = async () => {
    const page = openSitePage(world, origin);
    await page.hello();
    return page.begin("connect", { files: "write", items: "write", ownItems: true });
  };
  await ask();
  await vi.waitFor(() => expect(windows()).toHaveLength(1));
  await world.call("sites.refuse", { id: asked() }, "/consent.html");
  await world.restart();
  world.fake.granted.add(`${origin}/*`);
  const page = openSitePage(world, origin);
  await page.hello();
  await expect(page.request("connect", { ownItems: true })).rejects.toMatchObject({ code: "refused" });
  expect(windows()).toHaveLength(0);
});

test("terms whose names make a policy too long are refused when they are changed, too", async () => {
  const origin = "https://long.example";
  await connectSite(world, origin);
  const change = { profile: world.profile, origin, ...terms, folder: `${"long name/".repeat(90)}` };
  await expect(world.call("sites.change", change as never)).rejects.toMatchObject({ code: "site-terms-too-long" });
});

test("a folder that holds other sites' areas, or is none, is not given", async () => {
  world.fake.granted.add("https://folder.example/*");
  await click(openTab("https://folder.example/"));
  const id = asked();
  const allow = (folder: string) => allowSite(world, id, { folder });
  await expect(allow("apps/https_other.example/")).rejects.toMatchObject({ code: "site-folder-taken" });
  await expect(allow("apps")).rejects.toMatchObject({ code: "site-folder-taken" });
  await expect(allow("a/../b/")).rejects.toMatchObject({ code: "name-dot-segment" });
  await expect(allow("a//b/")).rejects.toMatchObject({ code: "name-empty" });
  await expect(allow(`${"é".repeat(600)}/`)).rejects.toMatchObject({ code: "name-too-long" });
  await allow("photos");
  const page = openSitePage(world, "https://folder.example");
  await page.hello();
  await page.request("files.put", { path: "x.txt", body: new Blob(["x"]) });
  const { files } = await world.call("files.list", { profile: world.profile, prefix: "photos/" });
  expect(files.map(({ path }) => path)).toEqual(["photos/x.txt"]);
  // What was written there is undone there, though the site has another place by now.
  const { profile } = world;
  const origin = "https://folder.example";
  await world.call("sites.change", { profile, origin, ...terms } as never);
  const [put] = (await world.call("sites.ledger", { profile, origin })).rows;
  await world.call("sites.undo", { profile, id: put?.id ?? "" });
  expect((await world.call("files.list", { profile, prefix: "photos/" })).files).toEqual([]);
});

describe("the content script", () => {
  test("runs on the hosts of who is connected, and no others", async () => {
    world.fake.granted.add("https://one.example/*");
    await connectSite(world, "https://one.example");
    await connectSite(world, "https://one.example:8443");
    const matches = () =>
      ([...world.fake.scripting.registered.values()] as unknown as { matches: string[] }[]).flatMap(
        (one) => one.matches,
      );
    expect(matches()).toContain("https://one.example/*");
    await world.call("sites.revoke", { profile: world.profile, origin: "https://one.example:8443" });
    // The other port's connection needs the permission.
    expect(matches()).toContain("https://one.example/*");
    expect(world.fake.granted.has("https://one.example/*")).toBe(true);
    await world.call("sites.revoke", { profile: world.profile, origin: "https://one.example" });
    expect(matches()).not.toContain("https://one.example/*");
    expect(world.fake.granted.has("https://one.example/*")).toBe(false);
  });
});

describe("a connected page that asks for more", () => {
  const origin = "https://more.example";

  test("is answered at once by what it has; for more the person is asked, once, and a no holds for a while", async () => {
    await connectSite(world, origin, { files: "none", items: "read" });
    const page = openSitePage(world, origin);
    await page.hello();
    expect(await page.request("connect", { items: "read" })).toMatchObject({ files: "none", items: "read" });
    expect(windows()).toEqual([]);
    const calls = [page.begin("connect", { items: "write" }), page.begin("connect", { items: "write" })];
    await vi.waitFor(() => expect(windows()).toHaveLength(1));
    const view = await world.call("sites.consent", { id: asked() }, "/consent.html");
    expect(view).toMatchObject({ declared: true, wish: { items: "write" }, present: { items: "read" } });
    // Closing the window is a no.
    world.fake.windows.remove(windows()[0]?.[0] ?? 0);
    for (const call of calls) {
      expect((await page.answer(call)).result).toMatchObject({ ok: false, error: { code: "refused" } });
    }
    await expect(page.request("connect", { items: "write" })).rejects.toMatchObject({ code: "refused" });
    expect(windows()).toEqual([]);
    await expect(page.request("items.put", { key: "a", value: {} })).rejects.toMatchObject({ code: "refused" });
  });

  test("gets it when the person says so, with their terms and not its own", async () => {
    const other = "https://yes.example";
    await connectSite(world, other, { files: "none", items: "read" });
    const page = openSitePage(world, other);
    await page.hello();
    const call = page.begin("connect", { items: "write", files: "write" });
    await vi.waitFor(() => expect(windows()).toHaveLength(1));
    await allowSite(world, asked(), { files: "none" });
    expect((await page.answer(call)).result).toMatchObject({ ok: true, value: { items: "write", files: "none" } });
    await page.request("items.put", { key: "a", value: {} });
    await expect(page.request("files.list", {})).rejects.toMatchObject({ code: "refused" });
  });
});

describe("a page that likes at each load what it was not given", () => {
  const wish = { files: "write", folder: "photos", items: "write", ownItems: true } as const;
  const ask = async (origin: string) => {
    const page = openSitePage(world, origin);
    await page.hello();
    return page;
  };

  test("is answered with what it was given, without a window; for more than it liked the person is asked", async () => {
    const origin = "https://liked.example";
    await connectSite(world, origin, { files: "read" });
    (await ask(origin)).begin("connect", wish);
    await vi.waitFor(() => expect(windows()).toHaveLength(1));
    await allowSite(world, asked(), { files: "read" });
    await vi.waitFor(() => expect(windows()).toEqual([]));
    await world.restart();
    world.fake.granted.add(`${origin}/*`);
    const page = await ask(origin);
    const given = { files: "read", items: "write", ownArea: { files: true, items: true } };
    for (const again of [wish, { ...wish, folder: "photos/" }, { folder: "photos/" }, { files: "write" }]) {
      expect(await page.request("connect", again)).toMatchObject(given);
    }
    expect(windows()).toEqual([]);
    page.begin("connect", { ...wish, folder: "letters/" });
    await vi.waitFor(() => expect(windows()).toHaveLength(1));
    await world.call("sites.refuse", { id: asked() }, "/consent.html");
  });

  test("or was given, and is not any more since the person gave less in the app", async () => {
    const origin = "https://less.example";
    await connectSite(world, origin, { folder: "photos/" });
    const change = (part: object) =>
      world.call("sites.change", { profile: world.profile, origin, ...terms, ...part } as never);
    await change({ files: "none" });
    await change({ files: "none", limits: { requestsPerMinute: 10, bytesPerDay: 1000 } });
    const page = await ask(origin);
    expect(await page.request("connect", { files: "write", folder: "photos" })).toMatchObject({ files: "none" });
    expect(windows()).toEqual([]);
    page.begin("connect", { ownItems: true });
    await vi.waitFor(() => expect(windows()).toHaveLength(1));
    await world.call("sites.refuse", { id: asked() }, "/consent.html");
  });
});

describe("time and limits", () => {
  test("a grant that is over is over, and the page is told", async () => {
    const origin = "https://brief.example";
    await connectSite(world, origin, { until: Date.now() + 1500 });
    const page = openSitePage(world, origin);
    await page.hello();
    await page.request("items.get", { key: "a" });
    await new Promise((resolve) => setTimeout(resolve, 1600));
    await expect(page.request("items.get", { key: "a" })).rejects.toMatchObject({ code: "not-connected" });
    world.fake.alarms.onAlarm.emit({ name: "sites" });
    await vi.waitFor(() => expect(page.sent()).toContainEqual({ type: "event", event: { name: "expired" } }));
    const { sites } = await world.view();
    expect(sites.connected.find((one) => one.origin === origin)).toMatchObject({ state: "expired" });
  });

  test("what is over is connected again with a time that is not over", async () => {
    const origin = "https://again.example";
    await connectSite(world, origin, { until: Date.now() + 300 });
    const page = openSitePage(world, origin);
    await page.hello();
    await new Promise((resolve) => setTimeout(resolve, 400));
    const call = page.begin("connect", { items: "write" });
    await vi.waitFor(() => expect(windows()).toHaveLength(1));
    const id = asked();
    const { present } = await world.call("sites.consent", { id }, "/consent.html");
    await expect(allowSite(world, id, { until: present?.until })).rejects.toMatchObject({ code: "site-time-over" });
    await allowSite(world, id);
    expect((await page.answer(call)).result).toMatchObject({ ok: true, value: { items: "write", until: null } });
    expect(await page.request("items.get", { key: "a" })).toBeNull();
  });

  test("what is over and was paused works when the person connects it again in the app", async () => {
    const origin = "https://paused.example";
    const of = { profile: world.profile, origin };
    await connectSite(world, origin, { until: Date.now() + 500 });
    await world.call("sites.pause", { ...of, paused: true });
    await new Promise((resolve) => setTimeout(resolve, 600));
    const again = (until: number | null) => world.call("sites.change", { ...of, ...terms, until } as never);
    await expect(again(Date.now() - 1)).rejects.toMatchObject({ code: "site-time-over" });
    await again(Date.now() + 60_000);
    const page = openSitePage(world, origin);
    await page.hello();
    expect(await page.request("connect", { items: "write" })).toMatchObject({ items: "write" });
    // Who only changes what is paused leaves it so.
    await world.call("sites.pause", { ...of, paused: true });
    await again(null);
    await expect(page.request("items.get", { key: "a" })).rejects.toMatchObject({ code: "refused" });
  });

  test("the bytes of a day are counted, and more of them refused until midnight", async () => {
    const origin = "https://bytes.example";
    await connectSite(world, origin, { limits: { requestsPerMinute: 600, bytesPerDay: 1000 } });
    const page = openSitePage(world, origin);
    await page.hello();
    await page.request("files.put", { path: "a", body: new Blob([new Uint8Array(1000)]) });
    const refused = page.request("files.put", { path: "b", body: new Blob(["x"]) });
    await expect(refused).rejects.toMatchObject({ code: "over-limit", retryAfter: expect.any(Number) });
  });

  test("another person's sign-in sees nothing of it, and the pages are told", async () => {
    const origin = "https://whose.example";
    await connectSite(world, origin);
    const page = openSitePage(world, origin);
    await page.hello();
    await page.request("items.put", { key: "hers", value: { a: 1 } });
    await world.call("session.signOut", { profile: world.profile });
    await vi.waitFor(() =>
      expect(page.sent()).toContainEqual({ type: "event", event: { name: "disconnect", reason: "signed-out" } }),
    );
    await expect(page.request("items.get", { key: "hers" })).rejects.toMatchObject({ code: "signed-out" });
    await world.signIn("bob");
    await expect(page.request("items.get", { key: "hers" })).rejects.toMatchObject({
      ...{ code: "signed-out", detail: "person" },
    });
    expect(await world.call("sites.list", { profile: world.profile })).toEqual([]);
    expect((await world.call("sites.ledger", { profile: world.profile, origin: null })).rows).toEqual([]);
    await world.call("session.signOut", { profile: world.profile });
    await world.signIn("alice");
    expect(await page.request("items.get", { key: "hers" })).toMatchObject({ value: { a: 1 } });
    // The names went with the sign-out.
    const { rows } = await world.call("sites.ledger", { profile: world.profile, origin });
    expect(rows.map(({ method }) => method)).toEqual(["items.get"]);
  });
});
