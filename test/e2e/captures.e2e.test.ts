/** Captures as a person makes them, in real browsers: menus, the toolbar, storage, and what stands in the way. */
import { GetObjectCommand } from "@aws-sdk/client-s3";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CapturesView } from "../../src/messaging/captures-view.ts";
import type { CommandName, Input, Output } from "../../src/messaging/protocol.ts";
import { type AwsAccess, accessAs } from "../support/aws-access.ts";
import type { ExtensionBrowser } from "../support/extension-browser.ts";
import { BROWSER_NAMES, launchExtension } from "../support/launch-extension.ts";
import { otherHost } from "../support/page-server.ts";
import { poll } from "../support/poll.ts";
import { pressButton } from "../support/press-button.ts";
import { searchForSecrets } from "../support/search-for-secrets.ts";
import { secretsOf, sessionRecord } from "../support/session-secrets.ts";
import { signIn } from "../support/sign-in.ts";
import { SITE_HOST, startTestWorld, type TestWorld } from "../support/test-world.ts";
import { textOf } from "../support/texts.ts";
import { picture, type SourceSite, sound, startSourceSite, video } from "./captures/source-site.ts";

describe.each(BROWSER_NAMES)("captures in %s", (name) => {
  let world: TestWorld;
  let site: SourceSite;
  let browser: ExtensionBrowser;
  let alice: AwsAccess;
  let app: Page;
  let page: Page;
  let profile: string;
  const secrets: Record<string, string> = {};

  async function ask<Name extends CommandName>(command: Name, input: Input<Name>): Promise<Output<Name>> {
    const answer = await app.evaluate(
      (message) => (globalThis as unknown as { chrome: typeof chrome }).chrome.runtime.sendMessage(message),
      { holdall: 1, command, input },
    );
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    return answer.value;
  }
  const captures = async (): Promise<CapturesView> => (await ask("view.get", {})).captures;
  const list = async () => (await ask("captures.list", { profile, filter: {}, limit: 100 })).rows;
  const bytesOf = async (path: string) => {
    const Key = `${world.aws.people.find((person) => person.name === "alice")?.subject}/${path}`;
    const { Body, ContentType } = await alice.s3.send(new GetObjectCommand({ Bucket: alice.bucket, Key }));
    return { bytes: Buffer.from((await Body?.transformToByteArray()) ?? []), type: ContentType };
  };

  const choose = async (at: string, kind: string) => {
    const title = textOf(`menu_save_${kind.replaceAll("-", "_")}`);
    await browser.chooseFromMenu({ page, at, title, menuItemId: `save-${kind}` });
  };
  /** The row of what was just captured. */
  async function saved(work: () => Promise<unknown>) {
    const before = new Set((await list()).map(({ id }) => id));
    const known = new Set((await captures()).pending.map(({ id }) => id));
    await work();
    const row = await poll("the capture to be stored", async () => {
      const wrong = (await captures()).pending.find(({ state, id }) => state === "failed" && !known.has(id));
      return wrong ?? (await list()).find(({ id }) => !before.has(id));
    });
    if ("offers" in row) throw new Error(JSON.stringify(row));
    return row;
  }
  async function failed(work: () => Promise<unknown>) {
    const before = new Set((await captures()).pending.map(({ id }) => id));
    await work();
    const found = await poll("the capture to fail", async () =>
      (await captures()).pending.find(({ state, id }) => state === "failed" && !before.has(id)),
    );
    return { code: found.error?.code, offers: found.offers, id: found.id };
  }
  const discard = (id: string) => ask("captures.discard", { ids: [id] });

  async function signInAs(person: string): Promise<void> {
    await signIn(browser, app, world.aws, person);
    const record = await poll(`${person} to be signed in`, () => sessionRecord(app));
    Object.assign(secrets, secretsOf(person, record));
  }

  beforeAll(async () => {
    [world, site] = await Promise.all([startTestWorld(), startSourceSite()]);
    const extension = await world.buildExtension(name, { hosts: [otherHost] });
    browser = await launchExtension(name, { extension, hosts: [SITE_HOST, otherHost] });
    alice = await accessAs(world, "alice");
    app = await browser.openApp("/captures");
    await signInAs("alice");
    profile = (await ask("view.get", {})).activeProfile ?? "";
    const other = await browser.openWebPage(`http://${otherHost}:${site.port}/cookie`);
    await other.close();
    page = await browser.openWebPage(`${site.origin}/`);
  });
  afterAll(async () => {
    alice?.close();
    await browser?.dispose();
    await world?.close();
    await site?.close();
  });

  test("the browser has every key that is suggested: one that it keeps for itself would be left out without a word", async () => {
    const named = await app.evaluate(() => {
      const suggested = chrome.runtime.getManifest().commands ?? {};
      return Object.entries(suggested).map(([name, { suggested_key: key }]) => [
        name,
        key !== null && typeof key === "object" ? (key.default ?? "") : "",
      ]);
    });
    const given = await app.evaluate(() => chrome.commands.getAll());
    expect(named.filter(([, key]) => key !== "")).toHaveLength(4);
    expect(given.map(({ name, shortcut }) => [name, shortcut]).toSorted()).toEqual(named.toSorted());
  });

  test("an image of the page's own site, of another one behind cookie and Referer, and of no server", async () => {
    const near = await saved(() => choose("#near", "image"));
    expect(near).toMatchObject({ kind: "image", type: "image/png", dimensions: { width: 4, height: 4 } });
    expect(near.path).toMatch(/^captures\/\d{4}\/\d{2}\/near-\w+\.png$/);
    expect((await bytesOf(near.path)).bytes).toEqual(picture("near"));
    const far = await saved(() => choose("#far", "image"));
    expect(far).toMatchObject({ url: `http://${otherHost}:${site.port}/far.png`, title: 'Of "cats" / and dogs' });
    expect((await bytesOf(far.path)).bytes).toEqual(picture("far"));
    for (const id of ["data", "blob"]) {
      const row = await saved(() => choose(`#${id}`, "image"));
      expect((await bytesOf(row.path)).bytes).toEqual(picture(id));
    }
  });

  test("the same bytes again are known", async () => {
    const rows = await list();
    await world.control("DELETE", "/requests");
    await choose("#near", "image");
    await poll("the second click", async () => site.requests.filter(({ path }) => path === "/near.png").length > 2);
    await poll("nothing to be under way", async () => (await captures()).pending.length === 0);
    expect(await list()).toEqual(rows);
    expect(await world.control("GET", "/requests")).toEqual([]);
    expect(await ask("captures.here", { profile, url: `${site.origin}/#words` })).toMatchObject({
      saved: expect.arrayContaining([expect.objectContaining({ kind: "image" })]),
    });
  });

  test("a sound, a video and what a link leads to", async () => {
    const heard = await saved(() => choose("#sound", "audio"));
    expect(await bytesOf(heard.path)).toEqual({ bytes: sound, type: "audio/mpeg" });
    const seen = await saved(() => choose("#video", "video"));
    expect(await bytesOf(seen.path)).toEqual({ bytes: video, type: "video/mp4" });
    const linked = await saved(() => choose("#link", "link"));
    expect(linked).toMatchObject({ kind: "link", path: expect.stringMatching(/Béric ht-\w+\.csv$/) });
    expect((await bytesOf(linked.path)).bytes.toString()).toBe("a,b\n1,2\n");
  });

  test("a selection as Markdown, the address, and the whole page", async () => {
    await page.evaluate(() => getSelection()?.selectAllChildren(document.querySelector("#words") as Element));
    const selection = await saved(() => choose("#words b", "selection"));
    const { bytes, type } = await bytesOf(selection.path);
    expect(type).toMatch(/^text\/markdown/);
    expect(bytes.toString()).toContain(`Some **bold** words and [a report](${site.origin}/files/report.csv).`);
    await page.evaluate(() => getSelection()?.removeAllRanges());
    const bookmark = await saved(() => choose("#spot", "bookmark"));
    expect((await bytesOf(bookmark.path)).bytes.toString()).toContain(`URL=${site.origin}/\r\n`);
    const whole = await saved(() => choose("#spot", "page"));
    expect((await bytesOf(whole.path)).bytes.toString()).toMatch(/Some|bold/);
  });

  test("pictures of the visible area and of the whole page, from the toolbar", async () => {
    const tab = await poll("the page's tab", async () =>
      app.evaluate(
        async (origin) => (await chrome.tabs.query({})).find(({ url }) => url?.startsWith(origin))?.id,
        site.origin,
      ),
    );
    await pressButton(browser, page);
    await page.bringToFront();
    const seen = await saved(() => ask("captures.take", { kind: "screenshot", tab, tags: ["shots"], note: "n" }));
    expect(seen).toMatchObject({ kind: "screenshot", type: "image/png", tags: ["shots"], note: "n" });
    const whole = await saved(() => ask("captures.take", { kind: "page-screenshot", tab, tags: [], note: "" }));
    expect(whole.dimensions?.height).toBeGreaterThan(3000);
    expect(await page.evaluate(() => [scrollY, document.documentElement.getAttribute("style")])).toEqual([0, null]);
  });

  test("what leads into this network is not asked for a byte, unless the person says so", async () => {
    const direct = await failed(() => choose("#inside", "image"));
    expect(direct).toMatchObject({ code: "capture-blocked", offers: ["allow-address", "save-link"] });
    await discard(direct.id);
    const before = site.requests.filter(({ path }) => path === "/secret.png").length;
    const led = await failed(() => choose("#redirected", "image"));
    expect(led).toMatchObject({ code: "capture-led-away", offers: expect.arrayContaining(["save-link"]) });
    expect(site.requests.filter(({ path }) => path === "/secret.png")).toHaveLength(before);
    const row = await saved(() => ask("captures.retry", { ids: [led.id], allowAddress: true }));
    expect((await bytesOf(row.path)).bytes).toEqual(picture("/secret.png"));
    const rules = await app.evaluate(() => chrome.declarativeNetRequest.getSessionRules());
    expect(rules).toEqual([]);
  });

  test.each([
    ["html", "capture-not-image"],
    ["empty", "capture-empty"],
    ["broken", "capture-gone"],
  ])("%s: no picture, and why", async (id, code) => {
    const found = await failed(() => choose(`#${id}`, "image"));
    expect(found.code).toBe(code);
    await discard(found.id);
    await poll("nothing to be left of it", async () => (await captures()).pending.length === 0);
  });

  test("signed out it is kept, though the background ends, and goes out at the sign-in", async () => {
    await ask("session.signOut", { profile });
    await page.evaluate((bytes) => {
      document.querySelector("#data")?.setAttribute("src", `data:image/png;base64,${bytes}`);
    }, picture("kept").toString("base64"));
    await choose("#data", "image");
    await poll("the capture to be kept", async () => (await captures()).pending.some(({ state }) => state === "kept"));
    if (name === "chromium") await browser.killWorker();
    const before = await app.evaluate(() => document.title);
    expect(before).not.toBe("");
    await app.bringToFront();
    await signInAs("alice");
    await poll("the capture to go out", async () => {
      const [newest] = await list();
      return newest !== undefined && (await bytesOf(newest.path)).bytes.equals(picture("kept"));
    });
    await poll("nothing to be under way", async () => {
      const { pending, unclaimed } = await captures();
      return pending.length + unclaimed === 0;
    });
  });

  test("no secret of hers is anywhere on disk", async () => {
    await browser.close();
    expect(await searchForSecrets(browser.profileDir, secrets)).toEqual([]);
  });
});
