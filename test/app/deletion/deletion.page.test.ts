/** Folders that are deleted: what is asked before, what shows meanwhile, what is told in the end, and what Undo does. */
import type { Page } from "puppeteer-core";
import { expect, test, vi } from "vitest";
import type { FileRow } from "../../../src/messaging/view.ts";
import { textOf } from "../../support/texts.ts";
import { askFor, confirm } from "../../ui/harness/deletion-states.ts";
import { signedOut } from "../../ui/harness/fixtures.ts";
import { layoutShift } from "../../ui/harness/layout-shift.ts";
import { appTest } from "../open-app.ts";

vi.setConfig({ testTimeout: 20_000 });

const { open, inputs, push } = appTest();
const file = (path: string): FileRow => ({ path, size: 500, modifiedAt: 0, etag: `"${path}"` });
const listed = (files: FileRow[], folders: string[] = [], cursor: string | null = null) =>
  ({ ok: true, value: { files, folders, cursor } }) as const;
const top = listed([file("x.txt")], ["a/", "apps/"]);
const below = [file("a/"), file("a/1"), file("a/2"), file("a/b/3")];
const inA = [listed(below.slice(0, 2), [], "2"), listed(below.slice(2))];
const gone = { ok: true, value: { deleteMarker: "v1" } } as const;
const denied = { ok: false, error: { code: "access-denied", facts: { subs: ["s3:DeleteObject", "a/1"] } } } as const;
const offline = { ok: false, error: { code: "offline", facts: {} } } as const;
const yes = { ok: true, value: true } as const;
const answers = { "files.list": [top, ...inA, top], "files.keepsVersions": yes, "files.delete": gone } as const;
const names = (page: Page) => page.$$eval(".row .file-name", (all) => all.map((name) => name.textContent));
const dialogSays = (page: Page) => page.$eval("dialog", (dialog) => dialog.textContent);
const stripSays = (page: Page) => page.$eval(".deletion", (row) => row.textContent);
const paths = async (page: Page, command: string) => (await inputs(page, command)).map(({ path }) => path);
const mutable = <T>(list: readonly T[]): T[] => [...list];
const set = (changes: object = {}) => ({ ...answers, "files.list": mutable(answers["files.list"]), ...changes });

test("a folder is counted, asked about, deleted with its own object last, and brought back by Undo", async () => {
  const page = await open({ answers: set() });
  await askFor(page, "a");
  await page.locator(`dialog ::-p-text(${textOf("deletion_undo")})`).wait();
  expect(await dialogSays(page)).toContain(textOf("deletion_counted", textOf("n_files", 3), "2 kB"));
  expect(await inputs(page, "files.list")).toContainEqual({
    profile: "acme-beta",
    prefix: "a/",
    cursor: "2",
    flat: true,
    markers: true,
  });
  expect(await inputs(page, "files.delete")).toEqual([]);
  await confirm(page);
  await page.locator(".deletion.done").wait();
  expect(await paths(page, "files.delete")).toEqual(["a/1", "a/2", "a/b/3", "a/"]);
  expect((await inputs(page, "files.delete"))[0]?.etag).toBe('"a/1"');
  expect(await stripSays(page)).toContain(textOf("deletion_done", textOf("n_files", 3)));
  await page.locator(".deletion ::-p-text(Undo)").click();
  await page.locator(`.deletion ::-p-text(${textOf("deletion_restored", textOf("n_files", 3))})`).wait();
  expect((await paths(page, "files.undelete")).sort()).toEqual(["a/", "a/1", "a/2", "a/b/3"]);
  await expect.poll(() => names(page)).toContain("a");
  await page.locator(`.deletion [aria-label="${textOf("dismiss")}"]`).click();
  await expect.poll(() => page.$(".deletion")).toBeNull();
});

test("a folder that goes leaves the list at once, a list asked for afterwards is believed", async () => {
  const [page1, page2] = inA;
  const lists = [top, page1, page2, listed([file("x.txt")], ["apps/"]), top];
  const page = await open({ answers: set({ "files.list": lists, "files.delete": [gone, "never"] }) });
  await askFor(page, "a");
  await confirm(page);
  await expect.poll(() => names(page)).toEqual(["apps", "x.txt"]);
  // Whoever works by keyboard goes on in the list.
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain("apps");
});

test("what is added meanwhile stays: the list that follows shows the folder again", async () => {
  const page = await open({ answers: set() });
  await askFor(page, "a");
  await confirm(page);
  await page.locator(".deletion.done").wait();
  // The last answer of the list still has it.
  await expect.poll(() => names(page)).toEqual(["a", "apps", "x.txt"]);
});

test("counting shows how far it is, and Cancel stops it and deletes nothing", async () => {
  const page = await open({ answers: set({ "files.list": [top, inA[0], "never"] }) });
  await page.locator(".row").wait();
  await page.focus(".row");
  await page.keyboard.press("Delete");
  await page.locator("dialog ::-p-text(1 file)").wait();
  expect(await dialogSays(page)).toContain(textOf("deletion_counting", textOf("one_file"), "1 kB"));
  await page.locator("dialog .danger").click();
  expect(await page.$("dialog")).not.toBeNull();
  await page.locator(`dialog ::-p-aria(${textOf("cancel")})`).click();
  await expect.poll(() => page.$("dialog")).toBeNull();
  expect(await inputs(page, "files.delete")).toEqual([]);
  expect(await names(page)).toContain("a");
});

test("a count that fails is told and can be tried again", async () => {
  const page = await open({ answers: set({ "files.list": [top, offline, ...inA, top] }) });
  await askFor(page, "a");
  await page.locator(`dialog ::-p-aria(${textOf("retry")})`).click();
  await page.locator(`dialog ::-p-text(${textOf("deletion_undo")})`).wait();
});

test("the dialog says what cannot be undone, and what sites stored; nothing in it moves when that is known", async () => {
  const page = await open({ answers: set({ "files.keepsVersions": { ok: true, value: false } }) });
  await askFor(page, "apps");
  const before = await page.$eval("dialog", (dialog) => dialog.getBoundingClientRect().height);
  await page.locator(`dialog ::-p-text(${textOf("deletion_forever")})`).wait();
  expect(await dialogSays(page)).toContain(textOf("deletion_sites"));
  expect(await page.$eval("dialog", (dialog) => dialog.getBoundingClientRect().height)).toBe(before);
  expect(await layoutShift(page)).toBeLessThan(0.01);
  await page.keyboard.press("Escape");
  await page.locator('.row:has([title="a"])').hover();
  await page.locator(`[aria-label="${textOf("delete_name", "a")}"]`).click();
  await page.locator("dialog").wait();
  expect(await dialogSays(page)).not.toContain(textOf("deletion_sites"));
});

test("what fails stays and is told with number and reason; Undo is for the rest", async () => {
  const page = await open({ answers: set({ "files.delete": [denied, denied, gone] }) });
  await askFor(page, "a");
  await confirm(page);
  await page.locator(".deletion.failed").wait();
  const says = await stripSays(page);
  expect(says).toContain(textOf("deletion_part", "1", "3"));
  expect(says).toContain(textOf("n_files", 2));
  await expect.poll(() => names(page)).toContain("a");
  await page.locator(".deletion ::-p-text(Undo)").click();
  await expect.poll(() => paths(page, "files.undelete")).toEqual(["a/b/3", "a/"]);
});

test("Undo that fails for some can be tried again for those", async () => {
  const page = await open({ answers: set({ "files.undelete": [offline, { ok: true, value: null }] }) });
  await askFor(page, "a");
  await confirm(page);
  await page.locator(".deletion.done").wait();
  await page.locator(".deletion ::-p-text(Undo)").click();
  await page.locator(".deletion.failed").wait();
  expect(await stripSays(page)).toContain(textOf("deletion_restored_part", "2", "3"));
  await page.locator(".deletion ::-p-text(Undo)").click();
  await page.locator(".deletion.done").wait();
  expect(await paths(page, "files.undelete")).toEqual(["a/1", "a/2", "a/b/3", "a/", "a/1"]);
});

test("Cancel ends it and tells how many are gone; the page can be used meanwhile, wherever one is", async () => {
  const many = Array.from({ length: 40 }, (_, index) => file(`a/${index}`));
  const held = [...Array.from({ length: 10 }, () => gone), "never"];
  const page = await open({ answers: set({ "files.list": [top, listed(many), top], "files.delete": held }) });
  await askFor(page, "a");
  await confirm(page);
  await page.locator(`.deletion ::-p-text(${textOf("deletion_running", "10", "40")})`).wait();
  await page.evaluate(() => {
    location.hash = "#/transfers";
  });
  await page.locator(`.deletion ::-p-aria(${textOf("cancel")})`).click();
  await page.locator('.deletion [aria-disabled="true"]').wait();
  expect(await inputs(page, "files.delete")).toHaveLength(16);
});

test("without a network it stops and says so, and tries none of the rest", async () => {
  const many = Array.from({ length: 400 }, (_, index) => file(`a/${index}`));
  const page = await open({
    answers: set({ "files.list": [top, listed(many), top], "files.delete": [gone, gone, offline] }),
  });
  await askFor(page, "a");
  await confirm(page);
  await page.locator(`.deletion ::-p-text(${textOf("deletion_halted", "2", "400")})`).wait();
  expect((await inputs(page, "files.delete")).length).toBeLessThan(20);
});

test("closing the page is asked about while it deletes, and told of when it was closed all the same", async () => {
  const page = await open({ answers: set({ "files.delete": [gone, "never"] }) });
  const asks = () => page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true })));
  expect(await asks()).toBe(false);
  await askFor(page, "a");
  await confirm(page);
  expect(await asks()).toBe(true);
  const kept = () =>
    page.evaluate(() => {
      const { sessionValues } = globalThis as unknown as { sessionValues: Record<string, unknown> };
      return Object.entries(sessionValues).find(([key]) => key.startsWith("deletion/"));
    });
  await expect.poll(async () => (await kept())?.[1]).toEqual({ doing: "delete", done: 1, of: 3 });
  const [key = ""] = (await kept()) ?? [];
  await push(page, { ...signedOut, revision: 100 });
  await expect.poll(asks).toBe(false);
  const next = await open({ answers: set(), session: { [key]: { doing: "delete", done: 1, of: 3 } } });
  // Another page: the first one still works on it.
  await next.locator(".row").wait();
  expect(await next.$(".toast")).toBeNull();
  page.on("dialog", (dialog) => void dialog.accept());
  await page.goto("about:blank");
  const last = await open({ answers: set(), session: { [key]: { doing: "delete", done: 1, of: 3 } } });
  await last.locator(`.toast ::-p-text(${textOf("deletion_stopped", "1", "3")})`).wait();
});
