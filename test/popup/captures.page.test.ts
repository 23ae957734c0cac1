/** Captures in the popup, in a real browser against a fake background. */
import type { Page } from "puppeteer-core";
import { expect, test, vi } from "vitest";
import { noCaptures } from "../../src/messaging/captures-view.ts";
import type { View } from "../../src/messaging/view.ts";
import { textOf } from "../support/texts.ts";
import { fixedNow, signedIn, signedOut } from "../ui/harness/fixtures.ts";
import { layoutShift } from "../ui/harness/layout-shift.ts";
import type { PageState } from "../ui/harness/page-state.ts";
import { pageTest } from "../ui/harness/page-test.ts";
import { answers, pending, savedRow, tab, takenId, withCaptures } from "../ui/harness/popup-capture-states.ts";

vi.setConfig({ testTimeout: 20_000 });

const { open, asked } = pageTest("popup");

const over = { tab, answers };
const profile = "acme-beta";
const missing = { ok: false, error: { code: "item-missing", facts: { subs: ["01J"] } } } as const;

const push = (page: Page, view: View) =>
  page.evaluate((next) => (globalThis as unknown as { pushView: (view: View) => void }).pushView(next), view);
const requested = (page: Page) => page.evaluate(() => (globalThis as unknown as { requested: unknown[] }).requested);
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent);

/** What the background was told to do: not what it was only asked. */
const told = async (page: Page) =>
  (await asked(page)).filter(({ command }) => !/\.(here|facets|settings|get|outcome)$/.test(command));
const taken = (kind: string, words = { tags: [] as string[], note: "" }) => ({
  command: "captures.take",
  input: { kind, tab: tab.id, ...words },
});

async function savePage(page: Page): Promise<void> {
  await page.locator("::-p-aria(Save page)").click();
  await page.locator(".tag-input").wait();
}

test("one click saves the page; tags and note follow while it is under way, and Enter is the end of it", async () => {
  const page = await open(over);
  await savePage(page);
  await push(page, withCaptures({ pending: [pending()] }));
  await page.locator(".card-status ::-p-text(Reading the page)").wait();
  await page.keyboard.type("tide,to read");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type("For the letter.");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".capture-card", { hidden: true });
  const words = { tags: ["tide", "to read"], note: "For the letter." };
  expect(await told(page)).toEqual([
    taken("page"),
    { command: "captures.annotate", input: { profile, id: takenId, ...words } },
  ]);
  expect(await focused(page)).toBe("Save page");
  // Still under way: it goes on in the list.
  await page.locator(".capture-list ::-p-text(Harbour at dawn)").wait();
});

test("words that were typed before the click go with it", async () => {
  const page = await open(over);
  await page.locator("::-p-aria(Tags and note)").click();
  await page.locator(".tag-input").wait();
  await page.keyboard.type("tide");
  await page.locator("::-p-aria(Screenshot)").click();
  await page.locator(".card-head").wait();
  await expect.poll(() => told(page)).toEqual([taken("screenshot", { tags: ["tide"], note: "" })]);
  expect(await page.$eval(".tag", (tag) => tag.textContent)).toBe("tide");
});

test("what is typed is written by itself, and suggestions are the tags in use", async () => {
  const page = await open(over);
  await savePage(page);
  await expect
    .poll(() => page.$$eval("datalist option", (all) => all.map((option) => option.getAttribute("value"))))
    .toEqual(["harbour", "tide", "to read"]);
  await page.locator("textarea").fill("Half a thought");
  await expect
    .poll(async () => (await told(page)).at(-1)?.input)
    .toEqual({ profile, id: takenId, tags: [], note: "Half a thought" });
});

test("the menus are worked by keyboard", async () => {
  const page = await open(over);
  await page.focus("[aria-label='More ways to save']");
  await page.keyboard.press("Enter");
  await page.waitForSelector("[role=menu]");
  await page.keyboard.press("ArrowDown");
  expect(await focused(page)).toBe("Selection");
  await page.keyboard.press("Enter");
  await page.locator(".capture-card").wait();
  await page.focus("[aria-label='More screenshots']");
  await page.keyboard.press("Enter");
  await page.waitForSelector("[role=menu]");
  await page.keyboard.type("w");
  await page.keyboard.press("Enter");
  await expect.poll(() => told(page)).toEqual([taken("selection"), taken("page-screenshot")]);
});

test("a click that comes twice before the first is answered is one capture", async () => {
  const page = await open({ tab, answers: { ...answers, "captures.take": "never" } });
  await page.locator("::-p-aria(Screenshot)").click({ count: 2 });
  await page.locator(".tag-input").wait();
  expect(await told(page)).toEqual([taken("screenshot")]);
});

test.each([
  [{ id: 1, url: "chrome://settings/", title: "Settings" }, textOf("page_closed")],
  [{ id: 1, url: "", title: "" }, textOf("page_closed")],
  [undefined, textOf("page_none")],
])("over %o nothing can be captured, and it is said", async (over, reason) => {
  const page = await open(over ? { tab: over } : {});
  await page.locator(`.page-line ::-p-text(${reason})`).wait();
  expect(await page.$$eval(".split button", (all) => all.every((button) => button.disabled))).toBe(true);
  expect(await asked(page)).toEqual([]);
});

test("a file on this device has no address for a bookmark", async () => {
  const page = await open({ tab: { id: 3, url: "file:///C:/alice/notes.html", title: "notes" }, answers });
  await page.locator("[aria-label='More ways to save']").click();
  const bookmark = await page.waitForSelector("[role=menuitem][aria-disabled=true]");
  expect(await bookmark?.evaluate((item) => item.textContent)).toBe(textOf("bookmark_needs_web"));
  await bookmark?.click();
  expect(await told(page)).toEqual([]);
});

test("the permission for Chromium's page format holds up no capture, and is asked for in a click of its own, once", async () => {
  const page = await open({ ...ends([savedRow()]), refuseHosts: true });
  await savePage(page);
  await expect.poll(() => told(page)).toEqual([taken("page")]);
  expect(await requested(page)).toEqual([]);
  // What is asked while the page is read, or below an error, is in the way.
  await push(page, withCaptures({ pending: [pending()] }));
  await page.locator(".card-status ::-p-text(Reading the page)").wait();
  expect(await page.$(".format-hint")).toBeNull();
  await push(page, signedIn);
  await page.locator("::-p-aria(Use MHTML from now on)").click();
  await page.waitForSelector(".format-hint", { hidden: true });
  expect(await requested(page)).toEqual([expect.objectContaining({ permissions: ["pageCapture"], inClick: true })]);
  const later = await open(ends([savedRow()]));
  await savePage(later);
  await later.locator(".card-status.good").wait();
  expect(await later.$(".format-hint")).toBeNull();
  await page.evaluate(() => localStorage.clear());
});

test.each<[string, Partial<PageState>, "html" | "mhtml"]>([
  ["who wants HTML", {}, "html"],
  ["who allowed it", { permissions: ["pageCapture"] }, "mhtml"],
  ["Firefox, which has none", { hostsOnly: true }, "mhtml"],
])("%s is not asked for the permission", async (_, state, format) => {
  const saved = ends([savedRow()]);
  const settings = { "captures.settings": { ok: true, value: { page: format } } } as const;
  const page = await open({ ...saved, answers: { ...saved.answers, ...settings }, ...state });
  await savePage(page);
  await page.locator(".card-status.good").wait();
  expect(await told(page)).toEqual([taken("page")]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await page.$(".format-hint")).toBeNull();
});

const ends = (here: unknown, outcome: unknown = null, get: unknown = missing) => ({
  tab,
  answers: {
    ...answers,
    "captures.outcome": { ok: true, value: { outcome } },
    "captures.here": [answers["captures.here"], { ok: true, value: { saved: here } }],
    "captures.get": get,
  } as PageState["answers"] & object,
});

async function afterSaving(state: ReturnType<typeof ends>): Promise<Page> {
  const page = await open(state);
  await savePage(page);
  await push(page, withCaptures({ pending: [pending({ state: "sending" })] }));
  await page.locator(".card-status ::-p-text(Saving)").wait();
  return page;
}

test("what became of it is told from the mirror, and the page is known as saved", async () => {
  const page = await afterSaving(ends([savedRow({ missing: 2 })]));
  await push(page, signedIn);
  await page.locator(".card-status ::-p-text(Saved, without 2 images or styles)").wait();
  await page.locator(".page-saved ::-p-text(Saved just now)").wait();
  expect((await asked(page)).map(({ command }) => command)).not.toContain("captures.get");
});

test("the same bytes again: the earlier capture gets the words", async () => {
  const earlier = savedRow({ id: "01H", tags: ["harbour"], note: "First." });
  const page = await afterSaving(ends([earlier], { state: "known", row: earlier }));
  await page.locator(".tag-input").fill("tide,");
  await push(page, signedIn);
  await page.locator(".card-status ::-p-text(In your folder already)").wait();
  await page.locator("::-p-aria(Done)").click();
  await page.waitForSelector(".capture-card", { hidden: true });
  expect((await told(page)).at(-1)).toEqual({
    command: "captures.annotate",
    input: { profile, id: "01H", tags: ["harbour", "tide"], note: "First." },
  });
});

test("a rule that skips is told", async () => {
  const page = await afterSaving(ends([], { state: "skipped", path: "captures/a.html" }));
  await push(page, signedIn);
  await page.locator(".card-status ::-p-text(Not saved: the name is taken)").wait();
});

test("one that was thrown away elsewhere is said to be", async () => {
  const page = await afterSaving(ends([savedRow({ id: "01H" })], { state: "discarded" }));
  await push(page, signedIn);
  await page.locator(".card-status ::-p-text(Discarded)").wait();
  expect((await told(page)).map(({ command }) => command)).not.toContain("captures.annotate");
});

test("what could not be kept is told with the reason, and is tried again with what was typed", async () => {
  const full = { ok: false, error: { code: "journal-full", facts: {} } } as const;
  const page = await open({ tab, answers: { ...answers, "captures.take": [full, answers["captures.take"]] } });
  await savePage(page);
  await page.locator("textarea").fill("Not lost");
  await page.locator(".error-panel ::-p-text(Try again)").click();
  await expect
    .poll(async () => (await told(page)).filter(({ command }) => command === "captures.take"))
    .toEqual([taken("page"), taken("page", { tags: [], note: "Not lost" })]);
  await page.waitForSelector(".error-panel", { hidden: true });
});

test("words that could not be written stay, with the reason", async () => {
  const refused = { ok: false, error: { code: "offline", facts: {} } } as const;
  const page = await open({ tab, answers: { ...answers, "captures.annotate": [refused, { ok: true, value: null }] } });
  await savePage(page);
  await page.locator("textarea").fill("Stays");
  await page.locator("::-p-aria(Done)").click();
  await page.locator(".capture-card .error-panel").wait();
  expect(await page.$eval("textarea", (area) => area.value)).toBe("Stays");
  await page.locator("::-p-aria(Done)").click();
  await page.waitForSelector(".capture-card", { hidden: true });
});

test("signed out it is kept, with its words, and it is said", async () => {
  const page = await open({ ...over, view: signedOut });
  await page.locator(".page-line ::-p-text(Kept here until you sign in)").wait();
  await savePage(page);
  await page.locator(".card-status ::-p-text(Kept until it can be sent)").wait();
  await page.locator(".tag-input").fill("tide,");
  await page.locator("::-p-aria(Done)").click();
  await page.waitForSelector(".capture-card", { hidden: true });
  expect(await told(page)).toEqual([
    taken("page"),
    { command: "captures.annotate", input: { profile, id: takenId, tags: ["tide"], note: "" } },
  ]);
  // Nobody's mirror is looked at.
  expect((await asked(page)).map(({ command }) => command)).not.toContain("captures.here");
});

test("thrown away in the form, it is gone and the form with it", async () => {
  const page = await open(over);
  await savePage(page);
  await push(page, withCaptures({ pending: [pending()] }));
  await page.locator(".card-head button").click();
  await page.waitForSelector(".capture-card", { hidden: true });
  expect((await told(page)).at(-1)).toEqual({ command: "captures.discard", input: { ids: [takenId] } });
});

test("that a page was saved is told in a line that was there", async () => {
  const rows = [savedRow({ at: fixedNow - 11 * 24 * 3_600_000 }), savedRow({ id: "01H" })];
  const page = await open({ tab, answers: { ...answers, "captures.here": { ok: true, value: { saved: rows } } } });
  await page.locator(".page-saved ::-p-text(Saved on 23 Oct · 2 captures)").wait();
  expect(await layoutShift(page)).toBeLessThan(0.001);
});

const unreachable = pending({
  id: "01J1",
  kind: "image",
  state: "failed",
  error: { code: "permission-needed", facts: { subs: ["pictures.example"] } },
  offers: ["allow-host", "save-link"],
});
const rows = [
  unreachable,
  pending({ id: "01J2", state: "kept" }),
  pending({ id: "01J3" }),
  pending({ id: "01J4" }),
  pending({ id: "01J5" }),
];

test.each([360, 320])("at %i px what is under way has its place from the first paint", async (width) => {
  const page = await open({ ...over, view: withCaptures({ pending: rows, unclaimed: 3 }) }, width);
  await page.locator(".capture-list ::-p-text(2 more)").wait();
  expect(await page.$$(".capture-list li")).toHaveLength(3);
  expect(await layoutShift(page)).toBeLessThan(0.001);
});

const blocked = pending({
  id: "01J6",
  kind: "link",
  state: "failed",
  error: { code: "capture-blocked", facts: { subs: ["192.168.1.20"] } },
  offers: ["allow-address", "save-link"],
});
const final = pending({
  id: "01J7",
  kind: "selection",
  state: "failed",
  error: { code: "capture-too-large", facts: { subs: ["200"] } },
  offers: [],
});

test.each([360, 320])("at %i px the reason and its buttons are there in full", async (width) => {
  const page = await open({ ...over, view: withCaptures({ pending: [unreachable, blocked, final] }) }, width);
  await page.locator(".capture-list li").wait();
  const cut = await page.$$eval(".capture-list :is(.pending-reason, .button)", (all) =>
    all.filter((one) => one.scrollHeight > one.clientHeight || one.scrollWidth > one.clientWidth),
  );
  expect(cut).toEqual([]);
  // biome-ignore lint/performance/useDomNodeTextContent: what is not shown does not count
  const text = await page.$eval(".capture-list", (list) => (list as HTMLElement).innerText);
  // What the buttons do is not said once more. Without them it is all there is to do.
  expect(text).not.toContain(textOf("fix_permission_needed"));
  expect(text).toContain(textOf("fix_capture_too_large"));
});

test.each([360, 320])("at %i px an error of the form leaves no bare heading below it", async (width) => {
  const full = { ok: false, error: { code: "journal-full", facts: {} } } as const;
  const page = await open({ tab, answers: { ...answers, "captures.take": full } }, width);
  const heading = () => page.$eval("#recent-title", (one) => one.checkVisibility());
  expect(await heading()).toBe(true);
  await savePage(page);
  await page.locator(".error-panel").wait();
  expect(await heading()).toBe(false);
  await page.locator("::-p-aria(Done)").click();
  await expect.poll(heading).toBe(true);
});

test("a capture whose host is not allowed: asked in the click, then tried again", async () => {
  const page = await open({ ...over, view: withCaptures({ pending: [unreachable] }) });
  await page.locator("::-p-aria(Allow pictures.example)").click();
  await expect.poll(() => told(page)).toEqual([{ command: "captures.retry", input: { ids: ["01J1"] } }]);
  expect(await requested(page)).toEqual([
    expect.objectContaining({ origins: ["https://pictures.example/*"], inClick: true }),
  ]);
});

test("what another person left is taken over or thrown away, never silently", async () => {
  const page = await open({ ...over, view: withCaptures({ unclaimed: 2 }) });
  await page.locator("::-p-aria(Put into my folder)").click();
  await expect.poll(() => told(page)).toEqual([{ command: "captures.claim", input: { profile, take: true } }]);
  await page.locator(".unclaimed .danger").click();
  await page.locator(`dialog .danger::-p-text(${textOf("unclaimed_throw_verb", 2)})`).click();
  await expect
    .poll(async () => (await told(page)).at(-1))
    .toEqual({ command: "captures.claim", input: { profile, take: false } });
});

test("another person sees neither form nor words", async () => {
  const page = await open(over);
  await savePage(page);
  await page.locator("textarea").fill("Mine");
  const bob = { id: "local|bob", name: "bob" };
  await push(page, {
    ...signedIn,
    captures: noCaptures,
    session: { state: "signed-in", identity: bob, expiresAt: fixedNow, error: null },
  });
  await page.waitForSelector(".capture-card", { hidden: true });
  expect(await page.evaluate(() => document.body.textContent?.includes("Mine"))).toBe(false);
});
