/** Filter and order of a folder's list, by keyboard first. */
import type { Page } from "puppeteer-core";
import { expect, test, vi } from "vitest";
import type { FileRow } from "../../src/messaging/view.ts";
import { textOf } from "../support/texts.ts";
import { fixedNow } from "../ui/harness/fixtures.ts";
import { appTest } from "./open-app.ts";

vi.setConfig({ testTimeout: 20_000 });

const { open, inputs } = appTest();

const file = (path: string, size: number, days: number): FileRow => ({
  path,
  size,
  modifiedAt: fixedNow - days * 86_400_000,
  etag: `"${path}"`,
});
const first = [file("b10.txt", 20, 3), file("b9.txt", 900, 1), file("Notes.md", 5, 2)];
const second = [file("a.txt", 100_000, 9)];
const whole = { "files.list": { ok: true, value: { files: first, folders: ["z/", "m/"], cursor: null } } } as const;
const pages = [
  { ok: true, value: { files: first, folders: ["z/", "m/"], cursor: "2" } },
  { ok: true, value: { files: second, folders: ["k/"], cursor: null } },
] as const;

const names = (page: Page) => page.$$eval(".row .file-name", (all) => all.map((name) => name.textContent));
const sorted = (page: Page) =>
  page.$$eval("[role=columnheader][aria-sort]", (all) => all.map((one) => one.getAttribute("aria-sort")));
const says = (page: Page) => page.$eval(".bar > [role=status]", (status) => status.textContent);
const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement } = document;
    return activeElement instanceof HTMLInputElement ? activeElement.type : (activeElement?.textContent ?? "");
  });
const there = (page: Page) => page.locator(".row").wait();
test("folders stand first; a heading sorts the files and turns round, and says so", async () => {
  const page = await open({ answers: whole });
  await there(page);
  expect(await names(page)).toEqual(["m", "z", "b9.txt", "b10.txt", "Notes.md"]);
  expect(await sorted(page)).toEqual(["ascending", "none", "none"]);
  await page.focus("[role=columnheader] .sort");
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe(textOf("fact_size"));
  await page.keyboard.press("Enter");
  await expect.poll(() => names(page)).toEqual(["m", "z", "b9.txt", "b10.txt", "Notes.md"]);
  expect(await sorted(page)).toEqual(["none", "descending", "none"]);
  await page.keyboard.press("Space");
  await expect.poll(() => names(page)).toEqual(["m", "z", "Notes.md", "b10.txt", "b9.txt"]);
  expect(await sorted(page)).toEqual(["none", "ascending", "none"]);
  expect(await focused(page)).toBe(textOf("fact_size"));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect.poll(() => names(page)).toEqual(["m", "z", "b9.txt", "Notes.md", "b10.txt"]);
  // All is there: nothing has to be said.
  expect(await says(page)).toBe("");
});

test("the order stays when the next page comes, and in the next folder", async () => {
  const page = await open({ answers: { "files.list": [...pages] } });
  await page.locator("::-p-text(a.txt)").wait();
  expect(await names(page)).toEqual(["k", "m", "z", "a.txt", "b9.txt", "b10.txt", "Notes.md"]);
  await page.locator(`::-p-aria(${textOf("fact_size")})`).click();
  await expect.poll(() => names(page)).toEqual(["k", "m", "z", "a.txt", "b9.txt", "b10.txt", "Notes.md"]);
  await page.evaluate(() => location.assign("#/files/m/"));
  await expect.poll(() => inputs(page, "files.list").then((all) => all.at(-1)?.prefix)).toBe("m/");
  await expect.poll(() => sorted(page)).toEqual(["none", "descending", "none"]);
});

test("the slash goes to the filter, the arrow on to what it leaves, Escape empties it", async () => {
  const page = await open({ answers: whole });
  await there(page);
  await page.keyboard.press("/");
  expect(await focused(page)).toBe("search");
  await page.keyboard.type("B .TXT");
  await expect.poll(() => names(page)).toEqual(["b9.txt", "b10.txt"]);
  expect(await says(page)).toBe(textOf("count_of", 2, 5));
  await page.keyboard.press("ArrowDown");
  expect(await focused(page)).toContain("b9.txt");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.locator(".pane").wait();
  // What is open stays open, whatever the list shows.
  await page.keyboard.press("/");
  expect(await focused(page)).toBe("search");
  await page.keyboard.type(" nothing");
  await page.locator(`::-p-text(${textOf("files_no_match")})`).wait();
  expect(await page.$(".pane")).not.toBeNull();
  await page.keyboard.press("Escape");
  await expect.poll(() => names(page)).toHaveLength(5);
  expect(await page.$(".pane")).not.toBeNull();
  await page.keyboard.press("Escape");
  await expect.poll(() => page.$(".pane")).toBeNull();
});

test("a filter is of one folder, and is cleared where nothing is like it", async () => {
  const page = await open({ answers: whole });
  await there(page);
  await page.keyboard.press("/");
  await page.keyboard.type("nothing");
  await page.locator(`::-p-aria(${textOf("filter_clear")})`).click();
  await expect.poll(() => names(page)).toHaveLength(5);
  expect(await focused(page)).toBe("search");
  await page.keyboard.type("m");
  await expect.poll(() => names(page)).toEqual(["m", "Notes.md"]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => location.hash)).toBe("#/files/m/");
  await expect.poll(() => page.$eval("input[type=search]", (input) => input.value)).toBe("");
  await expect.poll(() => names(page)).toHaveLength(5);
});

test("what is not seen is not chosen, and not deleted", async () => {
  const page = await open({ answers: { ...whole, "files.delete": { ok: true, value: { deleteMarker: "v" } } } });
  await there(page);
  await page.focus(".row");
  await page.keyboard.down("Control");
  await page.keyboard.press("a");
  await page.keyboard.up("Control");
  await page.keyboard.press("/");
  await page.keyboard.type("b9");
  await expect
    .poll(() => page.$eval(".selected-count", (count) => count.textContent))
    .toBe(textOf("n_selected", textOf("one_file")));
  await page.locator(`.bar ::-p-aria(${textOf("file_delete_verb")})`).click();
  await expect.poll(async () => (await inputs(page, "files.delete")).map(({ path }) => path)).toEqual(["b9.txt"]);
});

test("where not all is loaded it is said, and a filter fetches nothing by itself", async () => {
  // More than fits: the end, which fetches what follows, is out of sight.
  const many = Array.from({ length: 60 }, (_, n) => file(`f${n}.txt`, n, n));
  const page = await open({
    answers: {
      "files.list": [
        { ok: true, value: { files: many, folders: [], cursor: "2" } },
        { ok: true, value: { files: [file("f5-late.txt", 70, 70)], folders: [], cursor: null } },
      ],
    },
  });
  await there(page);
  // By name too: S3 gives them by their bytes, and what comes later may belong above.
  await expect.poll(() => says(page)).toBe(textOf("files_sorted_part", 60));
  await page.keyboard.press("/");
  await page.keyboard.type("f5");
  await expect.poll(() => says(page)).toBe(textOf("files_matching_part", 11, 60));
  await page.keyboard.type("-");
  await page.locator(`::-p-text(${textOf("files_no_match_part")})`).wait();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await inputs(page, "files.list")).toHaveLength(1);
  await page.locator(`::-p-aria(${textOf("load_more")})`).click();
  await expect.poll(() => names(page)).toEqual(["f5-late.txt"]);
  expect(await says(page)).toBe(textOf("count_of", 1, 61));
});
