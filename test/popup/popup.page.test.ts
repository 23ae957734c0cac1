import type { Page } from "puppeteer-core";
import { expect, test, vi } from "vitest";
import type { View } from "../../src/messaging/view.ts";
import type { WireError } from "../../src/shared/result.ts";
import { fixedNow, items, signedIn, signedOut } from "../ui/harness/fixtures.ts";
import { pageTest } from "../ui/harness/page-test.ts";
import { openNewItem } from "../ui/harness/popup-states.ts";

vi.setConfig({ testTimeout: 20_000 });

const { open, asked } = pageTest("popup");
const stored = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { sessionValues: Record<string, unknown> }).sessionValues);
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? "");

test("opening it paints the last view and asks for nothing", async () => {
  const page = await open();
  const marks = await page.evaluate(() => performance.getEntriesByName("holdall-painted").length);
  expect([marks, await asked(page)]).toEqual([1, []]);
});

test("what is older than 5 minutes is asked for once, what is younger never", async () => {
  const aged = (minutes: number) => ({
    view: { ...signedIn, recent: { ...signedIn.recent, loadedAt: fixedNow - minutes * 60_000 } },
  });
  expect(await asked(await open(aged(4.9)))).toEqual([]);
  expect(await asked(await open(aged(5.1)))).toEqual([{ command: "recent.refresh", input: { profile: "acme-beta" } }]);
  expect(await asked(await open({ ...aged(5.1), offline: true }))).toEqual([]);
});

test("the button for a new item is among the items alone, and moves nothing when it comes", async () => {
  const page = await open();
  // On the left the chosen tab's bold word is wider or narrower by a hair.
  const edge = () => page.$eval(".tabs", (element) => element.getBoundingClientRect().right);
  const right = await edge();
  expect(await page.$("::-p-aria([name='New item'][role=button])")).toBeNull();
  await page.locator("#tab-items").click();
  await page.locator("::-p-aria([name='New item'][role=button])").wait();
  expect(await edge()).toBe(right);
});

test("the list is worked by keyboard", async () => {
  const page = await open();
  await page.focus(".row");
  await page.keyboard.press("ArrowDown");
  expect(await focused(page)).toContain("harbour at dawn");
  await page.keyboard.press("End");
  expect(await focused(page)).toContain("LICENSE");
  await page.keyboard.press("Home");
  await page.keyboard.type("no");
  expect(await focused(page)).toContain("notes.md");
  await page.keyboard.down("Shift");
  await page.keyboard.press("F10");
  await page.keyboard.up("Shift");
  await page.waitForSelector("[role=menu]");
  expect(await focused(page)).toBe("Save");
  await page.keyboard.press("Escape");
  await page.waitForSelector("[role=menu]", { hidden: true });
  expect(await focused(page)).toContain("notes.md");
  await page.keyboard.press("ArrowRight");
  // The buttons of a row are pictures: it is no row that has the focus now.
  expect(await focused(page)).toBe("");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await asked(page)).map(({ command }) => command)).toEqual(["files.save"]);
});

test("Delete deletes, the next row takes the focus, Undo brings it back", async () => {
  const page = await open({ answers: { "files.delete": { ok: true, value: { deleteMarker: "v9" } } } });
  await page.focus(".row");
  await page.keyboard.press("Delete");
  await page.locator("::-p-aria(Undo)").wait();
  expect(await focused(page)).toContain("harbour at dawn");
  expect(await page.$$eval(".row", (rows) => rows.some((row) => row.textContent?.includes("report.pdf")))).toBe(false);
  await page.locator("::-p-aria(Undo)").click();
  await page.locator("::-p-text(report.pdf)").wait();
  expect((await asked(page)).map(({ command }) => command)).toEqual(["files.delete", "files.undelete"]);
});

async function editFirstItem(page: Page): Promise<void> {
  await page.locator("#tab-items").click();
  await page.locator(".row").click();
  await page.waitForSelector("textarea");
}

test("an edited item is saved with the version it started from", async () => {
  const page = await open({ answers: { "items.save": { ok: true, value: items[0] } } });
  await editFirstItem(page);
  await page.locator("textarea").fill('{"pi": 3.1415926535897932384626433832795028841}');
  await page.focus("textarea");
  await page.keyboard.down("Control");
  await page.keyboard.press("Enter");
  await page.keyboard.up("Control");
  await page.waitForSelector("textarea", { hidden: true });
  expect((await asked(page))[0]?.input).toEqual({
    profile: "acme-beta",
    sortKey: items[0]?.sortKey,
    attributes: { pi: { N: "3.1415926535897932384626433832795028841" } },
    basis: items[0]?.attributes,
  });
  expect(Object.keys(await stored(page)).filter((key) => key.startsWith("draft/"))).toEqual([]);
});

test("Escape closes the editor, what was typed stays and is offered again", async () => {
  const page = await open();
  await openNewItem(page);
  await page.waitForSelector("textarea");
  await page.keyboard.type("note#9");
  await page.locator("textarea").fill("{ half");
  await page.keyboard.press("Escape");
  await page.locator("::-p-text(Continue)").click();
  await page.waitForSelector("textarea");
  expect(await page.$eval("textarea", (area) => area.value)).toBe("{ half");
  expect(await page.$eval("input[type=text]", (input) => input.value)).toBe("note#9");
  await page.locator("::-p-text(Discard)").click();
  expect(await page.$eval("textarea", (area) => area.value)).toBe("{\n  \n}");
});

test("the other notation is taken only when the text can be read", async () => {
  const page = await open();
  await editFirstItem(page);
  await page.locator("textarea").fill('{"a": [1, null]}');
  await page.locator("::-p-text(DynamoDB JSON)").click();
  await expect
    .poll(async () => JSON.parse(await page.$eval("textarea", (area) => area.value)))
    .toEqual({ a: { L: [{ N: "1" }, { NULL: true }] } });
  await page.locator("textarea").fill('{"a": {"N": 1}}');
  await page.locator("::-p-text(Plain JSON)").click();
  await page.locator("::-p-text(In a: A number stands in double quotes)").wait();
  expect(await page.$eval("textarea", (area) => area.value)).toBe('{"a": {"N": 1}}');
});

const conflict = { ok: false, error: { code: "item-conflict", facts: { current: items[1] } } } as const;

test("a conflict shows both, and keeping mine writes over the version that was shown", async () => {
  const page = await open({ answers: { "items.save": [conflict, { ok: true, value: items[0] }] } });
  await editFirstItem(page);
  await page.locator("textarea").fill('{"mine": 1}');
  await page.locator("::-p-aria(Save)").click();
  await page.locator("::-p-aria(Keep mine)").click();
  await page.waitForSelector("textarea", { hidden: true });
  const saves = (await asked(page)).filter(({ command }) => command === "items.save");
  expect(saves.map(({ input }) => input.basis)).toEqual([items[0]?.attributes, items[1]?.attributes]);
  expect(saves[1]?.input.attributes).toEqual({ mine: { N: "1" } });
});

test("taking theirs goes on from their version", async () => {
  const page = await open({ answers: { "items.save": conflict } });
  await editFirstItem(page);
  await page.locator("::-p-aria(Save)").click();
  await page.locator("::-p-aria(Take theirs)").click();
  await page.waitForSelector(".conflict", { hidden: true });
  expect(JSON.parse(await page.$eval("textarea", (area) => area.value))).toEqual({
    text: "Call the harbour office before ten",
  });
});

test("a failed save keeps what was typed and says what to do", async () => {
  const error: WireError = { code: "item-too-large", facts: { subs: ["500000"], requestId: "R1" } };
  const page = await open({ answers: { "items.save": { ok: false, error } } });
  await editFirstItem(page);
  await page.locator("textarea").fill('{"big": "…"}');
  await page.locator("::-p-aria(Save)").click();
  await page.locator("::-p-text(The item is 500,000 bytes large)").wait();
  expect(await page.$eval("textarea", (area) => area.value)).toBe('{"big": "…"}');
});

test("another person's draft is not offered", async () => {
  const draft = {
    identity: "somebody else",
    original: null,
    sortKey: "secret",
    text: "{}",
    notation: "plain",
    basis: null,
  };
  const page = await open({ session: { "draft/acme-beta/new": draft } });
  await openNewItem(page);
  await page.waitForSelector("textarea");
  expect(await page.$eval("input[type=text]", (field) => field.value)).toBe("");
});

const push = (page: Page, view: View) =>
  page.evaluate((next) => (globalThis as unknown as { pushView: (view: View) => void }).pushView(next), view);

test("signing out closes the editor at once, writes no draft after the wipe, and the next person sees nothing", async () => {
  const page = await open({ answers: { "files.delete": { ok: true, value: { deleteMarker: "v1" } } } });
  await page.focus(".row");
  await page.keyboard.press("Delete");
  await page.locator("::-p-aria(Undo)").wait();
  await editFirstItem(page);
  // Long enough to be written in pauses: one is waiting when the person signs out.
  await page.locator("textarea").fill(`{"secret": "${"x".repeat(20_000)}"}`);
  await page.evaluate(() => {
    const values = (globalThis as unknown as { sessionValues: Record<string, unknown> }).sessionValues;
    for (const key of Object.keys(values)) delete values[key];
  });
  await push(page, signedOut);
  await page.locator("::-p-aria(Sign in)").wait();
  expect(await page.$("textarea, .toast")).toBeNull();
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(await stored(page)).toEqual({});
  const bob = { id: "local|bob", name: "bob" };
  const nothing = { ...signedIn.recent, files: [], items: [] };
  await push(page, {
    ...signedIn,
    recent: nothing,
    session: { state: "signed-in", identity: bob, expiresAt: fixedNow, error: null },
  });
  await page.locator("::-p-text(Your folder is empty)").wait();
  expect(await page.$("textarea, .toast")).toBeNull();
});

test("a browser that has just started shows no wrong state, then what the background says", async () => {
  const page = await open({ view: null });
  expect(await page.$(".welcome")).toBeNull();
  await push(page, signedIn);
  await page.locator("::-p-text(report.pdf)").wait();
});

test("a background that does not answer is said after 3 s", async () => {
  const page = await open({ view: null });
  await page.locator("::-p-text(background does not answer)").wait();
});

test("a missing permission is asked for in the click that mends it, in a pattern that browsers take", async () => {
  const error: WireError = { code: "permission-needed", facts: { subs: ["*.amazonaws.com"] } };
  const requested = (page: Page) =>
    page.evaluate(() => (globalThis as unknown as { requested: { origins: string[]; inClick: boolean }[] }).requested);
  const asksFor = [{ origins: ["https://*.amazonaws.com/*"], inClick: true }];
  const signedOff = await open({ view: { ...signedOut, session: { state: "signed-out", error } } });
  await signedOff.locator("::-p-aria(Allow *.amazonaws.com)").click();
  await expect
    .poll(() => asked(signedOff))
    .toContainEqual({ command: "session.signIn", input: { profile: "acme-beta" } });
  expect(await requested(signedOff)).toEqual(asksFor);
});
