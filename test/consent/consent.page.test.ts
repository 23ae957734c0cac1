/** The consent window in a real browser against a fake background. */
import type { Page } from "puppeteer-core";
import { describe, expect, test, vi } from "vitest";
import type { ConsentView } from "../../src/messaging/sites-view.ts";
import { defaultLimits } from "../../src/shared/site/site-grant.ts";
import { textOf } from "../support/texts.ts";
import { asks, gone, there } from "../ui/harness/consent-states.ts";
import { fixedNow } from "../ui/harness/fixtures.ts";
import type { PageState } from "../ui/harness/page-state.ts";
import { pageTest } from "../ui/harness/page-test.ts";
import { consentView, grant } from "../ui/harness/site-fixtures.ts";

vi.setConfig({ testTimeout: 20_000 });

const { open, asked } = pageTest("consent");

const openFor = (part: Partial<ConsentView> = {}, state: Partial<PageState> = {}, width?: number) =>
  open({ ...asks(part), act: there, ...state }, width);
const told = async (page: Page) => (await asked(page)).filter(({ command }) => command !== "sites.consent");
const closed = (page: Page) => page.evaluate(() => "closedTab" in globalThis);
const chosen = (label: string) => `::-p-xpath(//label[contains(., "${label}")]//input)`;
const allow = (page: Page) => page.locator(".consent-allow").click();
const able = (page: Page) => page.$eval(".consent-allow", (button) => button.getAttribute("aria-disabled") !== "true");

const IDENTITY = consentView().identity?.id;
const month = fixedNow + 30 * 86_400_000;
const terms = { files: "none", items: "write", folder: null, ownItems: false, until: month, limits: defaultLimits };

test("Allow sends what is shown, and closes the window", async () => {
  const page = await openFor();
  await allow(page);
  await expect
    .poll(() => told(page))
    .toEqual([{ command: "sites.allow", input: { id: "c1", identity: IDENTITY, ...terms } }]);
  await expect.poll(() => closed(page)).toBe(true);
});

test("each choice is in what is sent", async () => {
  const page = await openFor({ wish: { ...consentView().wish, files: "write", folder: "photos/" } });
  await page.locator(chosen("Another folder")).click();
  await page.locator(".part-field input").fill("photos/2026");
  await page.locator(chosen("All of your own items")).click();
  await page.select("select", "hour");
  await page.locator(".limits > summary").click();
  await page.locator("::-p-aria(Requests a minute)").fill("60");
  await page.locator("::-p-aria(MB a day)").fill("25");
  await allow(page);
  const limits = { requestsPerMinute: 60, bytesPerDay: 25_000_000 };
  const input = { files: "write", items: "write", folder: "photos/2026/", ownItems: true, until: fixedNow + 3_600_000 };
  await expect
    .poll(() => told(page))
    .toEqual([{ command: "sites.allow", input: { id: "c1", identity: IDENTITY, ...input, limits } }]);
});

describe("an answer that was not meant", () => {
  const atOnce = { act: async (page: Page) => void (await page.waitForSelector(".consent-allow")) };

  test("for half a second neither a click nor Enter allows anything, and no button has the focus", async () => {
    const page = await open({ ...asks(), ...atOnce });
    // Again from the beginning, since opening takes its time.
    await page.evaluate(() => dispatchEvent(new Event("focus")));
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    await page.keyboard.press("Enter");
    await page.evaluate(() => document.querySelector<HTMLElement>(".consent-allow")?.click());
    await page.focus(".consent-allow");
    await page.keyboard.press("Enter");
    expect(await told(page)).toEqual([]);
    await expect.poll(() => able(page)).toBe(true);
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await told(page)).map(({ command }) => command)).toEqual(["sites.allow"]);
  });

  test("a window that comes back to the front waits again", async () => {
    const page = await openFor();
    expect(await able(page)).toBe(true);
    await page.evaluate(() => dispatchEvent(new Event("blur")));
    await expect.poll(() => able(page)).toBe(false);
    await page.evaluate(() => dispatchEvent(new Event("focus")));
    await page.evaluate(() => document.querySelector<HTMLElement>(".consent-allow")?.click());
    expect(await told(page)).toEqual([]);
    await expect.poll(() => able(page)).toBe(true);
  });
});

test.each([
  ["Escape", (page: Page) => page.keyboard.press("Escape")],
  ["Refuse", (page: Page) => page.locator("::-p-aria(Refuse)").click()],
])("%s refuses and closes", async (_, act) => {
  const page = await openFor();
  await act(page);
  await expect.poll(() => told(page)).toEqual([{ command: "sites.refuse", input: { id: "c1" } }]);
  await expect.poll(() => closed(page)).toBe(true);
});

test("a page's own wishes beyond its area are shown, and not taken over", async () => {
  const page = await openFor({ wish: { ...consentView().wish, files: "write", folder: "photos/", ownItems: true } });
  const text = await page.$eval(".terms", (form) => form.textContent);
  expect(text).toContain("The page asks for photos/.");
  expect(text).toContain("The page asks for this.");
  await allow(page);
  await expect.poll(async () => (await told(page))[0]?.input).toMatchObject({ folder: null, ownItems: false });
});

test("what cannot be is said where it is typed, and cannot be allowed", async () => {
  const page = await openFor({ wish: { ...consentView().wish, files: "read" } });
  await page.locator(chosen("Another folder")).click();
  await page.locator(".part-field input").wait();
  const cases = [
    ["", "Name a folder"],
    ["apps/https_other.example", "another site's"],
    ["/etc", "/etc"],
  ] as const;
  for (const [folder, words] of cases) {
    await page.locator(".part-field input").fill(folder);
    await expect.poll(() => page.$eval(".part-field p", (line) => line.textContent)).toContain(words);
    await allow(page);
  }
  expect(await told(page)).toEqual([]);
  await page.locator(".part-field input").fill("photos");
  await expect.poll(() => able(page)).toBe(true);
});

test("nothing at all is no answer but to refuse", async () => {
  const page = await openFor();
  await page.locator('::-p-xpath(//section[@aria-label="Items"]//label[contains(., "No access")]//input)').click();
  await expect.poll(() => page.$eval(".consent-why", (line) => line.textContent)).toContain("or refuse");
  await allow(page);
  expect(await told(page)).toEqual([]);
});

test("what is typed stays when it fails, with what to do, and can be sent again", async () => {
  const page = await openFor(
    {},
    {
      answers: {
        "sites.consent": { ok: true, value: consentView() },
        "sites.allow": [
          { ok: false, error: { code: "journal-full", facts: {} } },
          { ok: true, value: null },
        ],
      },
    },
  );
  await page.select("select", "open");
  await allow(page);
  await page.locator(".error-panel").wait();
  expect(await closed(page)).toBe(false);
  expect(await page.$eval("select", (select) => select.value)).toBe("open");
  await allow(page);
  await expect.poll(() => closed(page)).toBe(true);
  expect((await told(page)).map(({ input }) => input.until)).toEqual([null, null]);
});

test("signed out: it says so first, signs in, and goes on", async () => {
  const page = await open({
    ...asks(),
    answers: {
      "sites.consent": [
        { ok: true, value: consentView({ identity: null }) },
        { ok: true, value: consentView() },
      ],
    },
    act: async (one) => void (await one.waitForSelector(".consent-foot")),
  });
  expect(await page.$(".consent-allow")).toBeNull();
  await page.locator("::-p-aria(Sign in)").click();
  await there(page);
  expect(await told(page)).toEqual([{ command: "sites.signIn", input: { id: "c1" } }]);
});

test("a sign-in that fails is told, and who signs in elsewhere is seen", async () => {
  const page = await open({
    ...asks(),
    answers: {
      "sites.consent": [
        { ok: true, value: consentView({ identity: null }) },
        { ok: true, value: consentView() },
      ],
      "sites.signIn": { ok: false, error: { code: "sign-in-cancelled", facts: {} } },
    },
    act: async (one) => void (await one.waitForSelector(".consent-foot")),
  });
  await page.locator("::-p-aria(Sign in)").click();
  await page.locator(".error-panel").wait();
  await there(page);
});

test("more than before: what is there stays chosen, with its end", async () => {
  const present = grant({ files: "read", items: "write", folder: "photos/" });
  const page = await openFor({ present, wish: { ...consentView().wish, files: "write" } });
  await allow(page);
  await expect
    .poll(async () => (await told(page))[0]?.input)
    .toMatchObject({ files: "write", items: "write", folder: "photos/", until: present.until });
});

test("one whose time is over is asked about as a new one, and gets a time that is not over", async () => {
  const present = grant({ files: "write", folder: "photos/", ownItems: true, until: fixedNow - 1000 });
  const page = await openFor({ present });
  expect(await page.$eval("h1", (heading) => heading.textContent)).toBe(textOf("consent_title"));
  expect(await page.$eval(".consent-body", (body) => body.textContent)).not.toContain("So far");
  expect(await page.$$eval("select option", (all) => all.map((one) => one.textContent))).toHaveLength(4);
  await allow(page);
  await expect.poll(async () => (await told(page))[0]?.input).toEqual({ id: "c1", identity: IDENTITY, ...terms });
});

test("which origin, as it is written and as it looks; and which wall there is", async () => {
  const page = await openFor({
    origin: "https://xn--80ak6aa92e.com",
    unicodeHost: "аррӏе.com",
    lookAlike: true,
    wall: "holdall",
  });
  expect(await page.$eval(".consent-origin .origin", (name) => name.textContent)).toBe("https://xn--80ak6aa92e.com");
  expect(await page.$eval("[role=alert]", (warning) => warning.textContent)).toContain("xn--80ak6aa92e.com");
  // What the eye falls on refuses.
  expect(await page.$$eval(".consent-foot .primary", (all) => all.map((one) => one.textContent))).toEqual(["Refuse"]);
  expect(await page.$eval(".consent-body", (body) => body.textContent)).toContain("Only Holdall keeps this site");
  expect(await page.title()).toBe("Connect xn--80ak6aa92e.com?");
});

test("a host stays in one piece where the line is too short for the scheme beside it", async () => {
  const page = await openFor({ origin: "https://xn--80ak6aa92e.com", lookAlike: true }, {}, 320);
  const lines = (selector: string) => page.$eval(selector, (host) => host.getClientRects().length);
  expect([await lines(".consent-origin b"), await lines(".whole-host")]).toEqual([1, 1]);
  const height = await page.$eval(".consent-origin b", (host) => (host as HTMLElement).offsetHeight);
  expect(height).toBeLessThan(40);
});

test("a question that is only not known yet is asked for again", async () => {
  const page = await open({
    ...asks(),
    answers: {
      "sites.consent": [
        { ok: false, error: { code: "background-unreachable", facts: {} } },
        { ok: true, value: consentView() },
      ],
    },
    act: async (one) => void (await one.waitForSelector(".error-panel")),
  });
  expect(await page.$eval("body", (body) => body.textContent)).not.toContain("over");
  await page.locator("::-p-aria(Try again)").click();
  await there(page);
});

test("a question that is over says so, and the window can be closed", async () => {
  const page = await open({ ...asks(), ...gone });
  expect(await page.$eval("main", (main) => main.textContent)).toContain("Go back to the site");
  expect(await page.$("::-p-aria(Try again)")).toBeNull();
  await page.locator("::-p-aria(Close)").click();
  await expect.poll(() => closed(page)).toBe(true);
});
