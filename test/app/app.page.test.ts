/** The app in a real browser against a fake background: what a person does, and what is asked for it. */

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElementHandle, Page } from "puppeteer-core";
import { expect, test, vi } from "vitest";
import { textOf } from "../support/texts.ts";
import { files, items } from "../ui/harness/fixtures.ts";
import { pageTest } from "../ui/harness/page-test.ts";

vi.setConfig({ testTimeout: 20_000 });

const { open, asked } = pageTest("app");
const inputs = async (page: Page, command: string) =>
  (await asked(page)).filter((entry) => entry.command === command).map(({ input }) => input);
const hash = (page: Page) => page.evaluate(() => location.hash);
const folder = (part: { files?: typeof files; folders?: string[]; cursor?: string | null }) =>
  ({ ok: true, value: { files: [], folders: [], cursor: null, ...part } }) as const;

const letters = files.map((file) => ({ ...file, path: `letters/${file.path}` }));

test("folders open, the way back is in the breadcrumbs, files open beside the list", async () => {
  const page = await open({
    answers: { "files.list": [folder({ folders: ["letters/"] }), folder({ files: letters }), folder({})] },
  });
  await page.locator("::-p-text(letters)").click();
  await page.locator("::-p-text(report.pdf)").click();
  await page.locator(".pane ::-p-text(ETag)").wait();
  expect(await hash(page)).toBe("#/files/letters/report.pdf");
  await page.locator("::-p-text(Your folder)").click();
  await expect.poll(() => hash(page)).toBe("#/files/");
  await expect
    .poll(async () => (await inputs(page, "files.list")).map(({ prefix }) => prefix))
    .toEqual(["", "letters/", ""]);
});

test("an address of a folder with strange characters opens that folder", async () => {
  const page = await open({ route: "#/files/100%25%20%23%3F/", answers: { "files.list": folder({}) } });
  expect((await inputs(page, "files.list"))[0]?.prefix).toBe("100% #?/");
});

test("the next page comes by itself when the end is seen, and a failed one waits to be asked", async () => {
  const offline = { ok: false, error: { code: "offline", facts: {} } } as const;
  const answers = [folder({ files: files.slice(0, 3), cursor: "2" }), offline, folder({ files: files.slice(3, 5) })];
  const page = await open({ answers: { "files.list": answers } });
  await page.locator("::-p-text(There is no network)").wait();
  expect((await inputs(page, "files.list")).map(({ cursor }) => cursor ?? null)).toEqual([null, "2"]);
  expect(await page.$$eval(".row", (rows) => rows.length)).toBe(3);
  // One button for one thing.
  expect(await page.$$eval(".load-more .button:not(.quiet)", (all) => all.map((button) => button.textContent))).toEqual(
    [textOf("retry")],
  );
  await page.locator("::-p-aria(Try again)").click();
  await expect.poll(() => page.$$eval(".row", (rows) => rows.length)).toBe(5);
  expect((await inputs(page, "files.list")).map(({ cursor }) => cursor ?? null)).toEqual([null, "2", "2"]);
});

test("what is picked goes into the folder that is shown", async () => {
  const place = await mkdtemp(join(tmpdir(), "holdall-app-"));
  await writeFile(join(place, "a.txt"), "x");
  const answers = {
    "files.list": folder({}),
    "files.upload": { ok: true, value: { ids: ["t"], refused: [] } },
  } as const;
  const page = await open({ route: "#/files/letters/2026/", answers });
  const input = (await page.$("input[type=file]")) as ElementHandle<HTMLInputElement>;
  await input.uploadFile(join(place, "a.txt"));
  await expect
    .poll(() => inputs(page, "files.upload"))
    .toMatchObject([{ files: [{ path: "letters/2026/a.txt", size: 1 }], ifExists: "fail" }]);
  await rm(place, { recursive: true });
});

test("a new folder is a place to upload to", async () => {
  const page = await open({ answers: { "files.list": folder({}) } });
  await page.locator("::-p-text(New folder)").click();
  await page.locator("dialog input").fill("letters//2027/");
  await page.keyboard.press("Enter");
  await expect.poll(() => hash(page)).toBe("#/files/letters/2027/");
});

test("the filter asks DynamoDB once for a word", async () => {
  const page = await open({
    route: "#/items",
    answers: { "items.list": { ok: true, value: { items, cursor: null } } },
  });
  await page.focus("input[type=search]");
  await page.keyboard.type("note#", { delay: 20 });
  await expect
    .poll(async () => (await inputs(page, "items.list")).map(({ prefix }) => prefix ?? null))
    .toEqual([null, "note#"]);
});

test("who comes back to the items sees all of them, whatever the filter was", async () => {
  const page = await open({
    route: "#/items",
    answers: { "items.list": { ok: true, value: { items, cursor: null } }, "files.list": folder({}) },
  });
  const last = async () => (await inputs(page, "items.list")).map(({ prefix }) => prefix ?? null).at(-1);
  const go = (to: string) => page.evaluate((next) => location.assign(next), to);
  await page.locator("[type=search]").fill("list#");
  await expect.poll(last).toBe("list#");
  await go("#/files/");
  await expect.poll(() => inputs(page, "files.list")).toHaveLength(1);
  await go("#/items");
  await expect.poll(() => inputs(page, "items.list")).toHaveLength(3);
  expect(await last()).toBeNull();
});

test("an item's address opens its editor, also when the list does not hold it", async () => {
  const page = await open({
    route: "#/items/measure%23pi",
    answers: {
      "items.list": { ok: true, value: { items: [], cursor: null } },
      "items.get": { ok: true, value: items[2] },
    },
  });
  await page.waitForSelector(".pane textarea");
  expect(await page.$eval("textarea", (area) => area.value)).toContain("3.1415926535897932384626433832795028841");
  await page.keyboard.press("Escape");
  await expect.poll(() => hash(page)).toBe("#/items");
});

test("on a narrow page the editor is a sheet and has the focus", async () => {
  const page = await open(
    { route: "#/items?new", answers: { "items.list": { ok: true, value: { items: [], cursor: null } } } },
    360,
  );
  await page.waitForSelector("dialog textarea");
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("type"))).toBe("text");
});

const route = "#/settings";

test("the chosen appearance is in force at once and kept", async () => {
  const page = await open({ route });
  await page.locator("::-p-text(Dark)").click();
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.scheme)).toBe("dark");
  const background = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  expect(background).toBe("rgb(23, 25, 29)");
  const kept = await open({ route, local: { appearance: "dark" } });
  expect(await kept.evaluate(() => document.documentElement.dataset.scheme)).toBe("dark");
});

test("every page has its place in the rail, also those that the settings and the doctor lead to", async () => {
  const page = await open({ route: "#/settings", answers: { "files.list": folder({}) } });
  const current = () => page.$$eval(".rail [aria-current]", (all) => all.map((one) => one.getAttribute("href")));
  for (const [at, place] of [
    ["#/import", "#/settings"],
    ["#/setup", "#/settings"],
    ["#/proof", "#/doctor"],
    ["#/files/letters/", "#/files/"],
  ]) {
    await page.evaluate((hash) => location.assign(hash), at ?? "");
    await expect.poll(current).toEqual([place]);
  }
});
