/** The page in view, connected or not, in the popup: a real browser against a fake background. */
import type { Page } from "puppeteer-core";
import { describe, expect, test, vi } from "vitest";
import type { View } from "../../src/messaging/view.ts";
import { textOf } from "../support/texts.ts";
import { signedOut } from "../ui/harness/fixtures.ts";
import { layoutShift } from "../ui/harness/layout-shift.ts";
import type { PageState } from "../ui/harness/page-state.ts";
import { pageTest } from "../ui/harness/page-test.ts";
import { notesOrigin } from "../ui/harness/site-fixtures.ts";
import { connected, notesHeld, notesTab, withSites } from "../ui/harness/site-states.ts";

vi.setConfig({ testTimeout: 20_000 });

const { open, asked } = pageTest("popup");

const profile = "acme-beta";
const line = async (page: Page) => {
  await page.locator(".site-foot p").wait();
  // A page of its own may close itself in a browser that is driven, too.
  await page.evaluate(() => {
    window.close = () => void Object.assign(globalThis, { closedPopup: true });
  });
};
const openOver = (view: View, state: Partial<PageState> = {}) =>
  open({ tab: notesTab, held: notesHeld, view, act: line, ...state });
const told = async (page: Page) => (await asked(page)).filter(({ command }) => command.startsWith("sites."));
const requested = (page: Page) => page.evaluate(() => (globalThis as unknown as { requested: unknown[] }).requested);
const words = (page: Page) => page.$eval(".site-foot p", (text) => text.textContent);
const push = (page: Page, view: View) =>
  page.evaluate((next) => (globalThis as unknown as { pushView: (view: View) => void }).pushView(next), view);
const choose = async (page: Page, item: string) => {
  await page.locator(".site-foot [aria-haspopup=menu]").click();
  await page.locator(`[role=menu] ::-p-text(${item})`).click();
};

describe("a page that is not connected", () => {
  test("one click tells the background and asks the browser, in the click itself", async () => {
    const page = await openOver(withSites({}), { held: [] });
    await page.locator("::-p-aria(Connect this site)").click();
    await expect.poll(() => requested(page)).toEqual([{ origins: [`${notesOrigin}/*`], inClick: true }]);
    expect(await told(page)).toEqual([{ command: "sites.connect", input: { profile, tab: notesTab.id, held: false } }]);
    await expect.poll(() => page.evaluate(() => "closedPopup" in globalThis)).toBe(true);
  });

  test("the background is told even when it does not answer before the popup closes", async () => {
    const page = await openOver(withSites({}), { held: [], answers: { "sites.connect": "never" } });
    await page.locator("::-p-aria(Connect this site)").click();
    await expect.poll(() => requested(page)).toHaveLength(1);
    expect(await told(page)).toHaveLength(1);
    expect(await page.evaluate(() => "closedPopup" in globalThis)).toBe(false);
  });

  test("who does not let the browser is told, and the popup stays", async () => {
    const page = await openOver(withSites({}), { held: [], refuseHosts: true });
    await page.locator("::-p-aria(Connect this site)").click();
    await page.locator(".toast ::-p-text(does not let Holdall run)").wait();
    expect(await page.evaluate(() => "closedPopup" in globalThis)).toBe(false);
  });

  test("what the background refuses is told", async () => {
    const answers = { "sites.connect": { ok: false, error: { code: "background-unreachable", facts: {} } } } as const;
    const page = await openOver(withSites({}), { held: [], answers });
    await page.locator("::-p-aria(Connect this site)").click();
    await page.locator(".toast ::-p-text(Not connected)").wait();
  });

  test("the reason of the last attempt is there to be read", async () => {
    const page = await openOver(withSites({ error: { code: "offline", facts: {} } }), { held: [] });
    await page.locator("::-p-aria(Not connected · Why?)").click();
    await page.locator(".toast .error-details").wait();
  });

  test("loopback is asked for by its host: match patterns have no port", async () => {
    const tab = { ...notesTab, url: "http://127.0.0.1:8080/notes" };
    const page = await openOver(withSites({}), { held: [], tab });
    await page.locator("::-p-aria(Connect this site)").click();
    await expect.poll(() => requested(page)).toEqual([{ origins: ["http://127.0.0.1/*"], inClick: true }]);
  });

  test("it can be connected by one who is signed out: the window asks them to sign in", async () => {
    const page = await openOver(withSites({}, signedOut), { held: [] });
    await page.locator("::-p-aria(Connect this site)").click();
    await expect.poll(() => told(page)).toHaveLength(1);
  });

  test.each(["http://notes.example/", "chrome://settings/", "file:///tmp/notes.html", "about:blank", ""])(
    "nothing is offered at %j",
    async (url) => {
      const page = await openOver(withSites({}), { tab: { ...notesTab, url }, act: async () => {} });
      await page.locator(".recent").wait();
      expect(await page.$(".site-foot")).toBeNull();
    },
  );
});

describe("a page that is connected", () => {
  test("what it may do is said, and nothing moves when it comes", async () => {
    const page = await openOver(connected("active", "read"));
    expect(await words(page)).toBe("notes.exampleFiles: Read · Items: Read and change");
    expect(await page.$eval(".site-foot > .icon", (icon) => icon.textContent)).toBe("Connected");
    expect(await layoutShift(page)).toBe(0);
  });

  test("it is paused and goes on", async () => {
    const page = await openOver(connected());
    await choose(page, "Pause");
    await push(page, connected("paused"));
    await expect.poll(() => words(page)).toBe("notes.examplePaused");
    await page.locator("::-p-aria(Resume)").click();
    const input = { profile, origin: notesOrigin };
    await expect
      .poll(() => told(page))
      .toEqual([
        { command: "sites.pause", input: { ...input, paused: true } },
        { command: "sites.pause", input: { ...input, paused: false } },
      ]);
  });

  test("it is ended after a question that says what stays; the other answer ends nothing", async () => {
    const page = await openOver(connected());
    await choose(page, "End connection");
    await page.locator("dialog ::-p-text(stays in your storage)").wait();
    await page.locator("dialog ::-p-text(Keep it)").click();
    await page.waitForSelector("dialog", { hidden: true });
    expect(await told(page)).toEqual([]);
    await choose(page, "End connection");
    await page.locator("dialog .danger").click();
    await expect.poll(() => told(page)).toEqual([{ command: "sites.revoke", input: { profile, origin: notesOrigin } }]);
  });

  test("a permission that was taken away is one click from coming back", async () => {
    const page = await openOver(connected(), { held: [] });
    await expect.poll(() => words(page)).toBe("notes.examplePermission needed");
    await page.locator(".site-foot ::-p-text(Allow)").click();
    await expect.poll(() => words(page)).toContain("Items: Read and change");
    expect(await requested(page)).toEqual([{ origins: [`${notesOrigin}/*`], inClick: true }]);
  });

  test("one whose time is over can be connected again", async () => {
    const page = await openOver(connected("expired"));
    expect(await words(page)).toBe(`notes.example${textOf("site_expired")}`);
    await page.locator("::-p-aria(Connect again)").click();
    await expect.poll(() => told(page)).toHaveLength(1);
  });

  test("what fails is said", async () => {
    const answers = { "sites.pause": { ok: false, error: { code: "journal-full", facts: {} } } } as const;
    const page = await openOver(connected(), { answers });
    await choose(page, "Pause");
    await page.locator(".toast ::-p-text(Not changed)").wait();
  });
});
