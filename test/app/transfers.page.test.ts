import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElementHandle, Page } from "puppeteer-core";
import { expect, test, vi } from "vitest";
import type { TransfersView } from "../../src/messaging/view.ts";
import { errors, signedIn } from "../ui/harness/fixtures.ts";
import {
  conflictTransfers,
  manyPages,
  manyTransfers,
  movingTransfers,
  transfer,
  transfers,
  viewOf,
} from "../ui/harness/transfer-fixtures.ts";
import { appTest } from "./open-app.ts";

vi.setConfig({ testTimeout: 20_000 });

const { open, inputs, push } = appTest();
const at = (shown: TransfersView) => ({ route: "#/transfers", view: { ...signedIn, transfers: shown } });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? "");
const press = async (
  page: Page,
  ...keys: ("Alt" | "ArrowDown" | "ArrowUp" | "Space" | "Delete" | "End" | "Enter")[]
) => {
  const last = keys.pop();
  for (const key of keys) await page.keyboard.down(key);
  if (last !== undefined) await page.keyboard.press(last);
  for (const key of keys) await page.keyboard.up(key);
};

test("a taken name is answered for one, or for all at once", async () => {
  const page = await open(at(conflictTransfers));
  await page.locator('[aria-label="The name IMG_1001.jpg is taken"] .button').click();
  await page.locator('[aria-label="14 names are taken"] .button:nth-child(2)').click();
  await page.locator('[aria-label="The name IMG_1000.jpg is taken"] .quiet').click();
  await expect
    .poll(() => inputs(page, "transfers.retry"))
    .toEqual([
      { which: ["k1"], ifExists: "keep-both" },
      { which: "conflicts", ifExists: "replace" },
    ]);
  expect(await inputs(page, "transfers.dismiss")).toEqual([{ which: ["k0"] }]);
});

test("a question looks like one, in the list, the strip and the rail; a failure looks like a failure", async () => {
  const [taken, waits, failed, ...others] = transfers.rows;
  if (!taken || !waits || !failed) throw new Error("The fixtures have changed");
  const page = await open(at(viewOf([taken, waits, failed, ...others])));
  const tones = () =>
    page.$$eval(".transfer-row:has(.transfer-mend) .transfer-says", (texts) => texts.map(({ className }) => className));
  await page.locator(".transfer-mend").wait();
  expect(await tones()).toEqual(["warn", "warn", "bad"].map((tone) => `small ${tone} transfer-says`));
  expect(await page.$(".rail-count.failed")).not.toBeNull();
  const dock = await open({ ...at(viewOf([taken, waits, ...others])), route: "#/items" });
  await dock.locator(".dock .asking").wait();
  expect(await dock.$$(".dock .question")).toHaveLength(2);
  expect(await dock.$(".dock .failed")).toBeNull();
  expect(await dock.$(".rail-count.question")).not.toBeNull();
});

test("the file that an upload waits for is picked again", async () => {
  const place = await mkdtemp(join(tmpdir(), "holdall-app-"));
  await writeFile(join(place, "again.zip"), "12345");
  const page = await open(at(transfers));
  const input = (await page.$('input[aria-label^="Choose archive"]')) as ElementHandle<HTMLInputElement>;
  await input.uploadFile(join(place, "again.zip"));
  await expect.poll(async () => (await inputs(page, "transfers.provide"))[0]).toMatchObject({ id: "w1", size: 5 });
  await rm(place, { recursive: true });
});

test("the list is worked by keyboard: pause, order, off the list", async () => {
  const queued = ["a", "b", "c"].map((id) => transfer(id, { name: `${id}.txt`, state: "queued" }));
  const done = transfer("d", { name: "d.txt", state: "done" });
  const page = await open(at(viewOf([...queued, done])));
  await page.focus(".transfer-row");
  await press(page, "Space");
  await press(page, "ArrowDown");
  expect(await focused(page)).toContain("b.txt");
  await press(page, "Alt", "ArrowUp");
  await press(page, "Alt", "ArrowDown");
  await press(page, "Delete");
  await press(page, "End");
  expect(await focused(page)).toContain("d.txt");
  await press(page, "Delete");
  expect(await focused(page)).toContain("c.txt");
  expect(await inputs(page, "transfers.pause")).toEqual([{ which: ["a"] }]);
  expect(await inputs(page, "transfers.move")).toEqual([
    { ids: ["b"], before: "a" },
    { ids: ["c"], before: "b" },
  ]);
  expect(await inputs(page, "transfers.cancel")).toEqual([]);
  expect(await inputs(page, "transfers.dismiss")).toEqual([{ which: ["d"] }]);
});

test("the menu of a row moves it to the top", async () => {
  const page = await open(at(transfers));
  await page.locator('[aria-label="More for notes.md"]').click();
  await page.locator("::-p-aria(Move to the top)").click();
  await expect.poll(() => inputs(page, "transfers.move")).toEqual([{ ids: ["q1"], before: "s1" }]);
});

test("of thousands only what is in sight is there, and the rest comes when it is scrolled to", async () => {
  const page = await open({ ...at(manyTransfers), answers: { "transfers.list": manyPages } });
  await page.waitForSelector(".transfer-row");
  await expect.poll(async () => (await inputs(page, "transfers.list")).length).toBe(1);
  const scroll = (y: number) => page.$eval(".transfer-list", (list, top) => void list.scrollTo(0, top), y);
  await scroll(400 * 52);
  await page.locator("::-p-text(IMG_1405.jpg)").wait();
  expect(await page.$$eval(".transfer-row", (rows) => rows.length)).toBeLessThan(50);
  await scroll(1e9);
  await page.locator("::-p-text(IMG_5999.jpg)").wait();
  const cursors = (await inputs(page, "transfers.list")).map(({ cursor }) => cursor ?? null);
  expect(cursors.at(-1)).toBe("9");
});

test("what has the focus keeps it while it is scrolled away", async () => {
  const page = await open({ ...at(manyTransfers), answers: { "transfers.list": manyPages } });
  await page.focus(".transfer-row");
  await page.$eval(".transfer-list", (list) => void list.scrollTo(0, 9000));
  await page.locator("::-p-text(IMG_1175.jpg)").wait();
  expect(await focused(page)).toContain("IMG_1000.jpg");
  await press(page, "ArrowDown");
  expect(await focused(page)).toContain("IMG_1001.jpg");
  await expect.poll(() => page.$eval(".transfer-list", (list) => list.scrollTop)).toBeLessThan(200);
});

test("cancelling all says how many, and asks", async () => {
  const page = await open(at(movingTransfers));
  await page.locator("::-p-aria(Cancel all)").click();
  expect(await inputs(page, "transfers.cancel")).toEqual([]);
  await page.locator("::-p-aria(Cancel 14 transfers)").click();
  await expect.poll(() => inputs(page, "transfers.cancel")).toEqual([{ which: "all" }]);
});

test("clearing what is finished keeps what failed", async () => {
  const page = await open({
    ...at(transfers),
    answers: { "transfers.list": { ok: true, value: { rows: transfers.rows, cursor: null } } },
  });
  await page.locator("::-p-aria(Clear finished)").click();
  await expect.poll(() => inputs(page, "transfers.dismiss")).toEqual([{ which: ["d1", "d2", "x1"] }]);
});

test("a transfer's failure says what happened by the keyboard too", async () => {
  const failed = transfer("f", { name: "f.txt", state: "failed", error: errors.denied });
  const page = await open(at(viewOf([failed])));
  await page.focus(".transfer-row");
  await press(page, "Enter");
  await page.locator("dialog summary").click();
  await page.locator("dialog ::-p-text(4442587FB7D0A2F9)").wait();
});

test("what S3 still holds is removed at a click, and it is said how much that was", async () => {
  const totals = { ...movingTransfers.totals, leftovers: 2 };
  const page = await open({
    ...at({ ...movingTransfers, totals }),
    answers: { "transfers.cleanUp": { ok: true, value: { aborted: 2, left: 0 } } },
  });
  await page.locator("::-p-aria(Clean up)").click();
  await page.locator("::-p-text(Unfinished uploads removed: 2.)").wait();
});

test("a row that moved on shows what the view said last of it, not its page", async () => {
  const page = await open({ ...at(manyTransfers), answers: { "transfers.list": manyPages } });
  await expect.poll(async () => (await inputs(page, "transfers.list")).length).toBe(1);
  const done = transfer("n0", { name: "IMG_1000.jpg", state: "done" });
  const rows = [...manyTransfers.rows.slice(1, 50)];
  await push(page, { ...signedIn, transfers: { ...manyTransfers, rows: [...rows, done] } });
  await push(page, { ...signedIn, transfers: { ...manyTransfers, rows } });
  await page.$eval(".transfer-list", (list) => void list.scrollTo(0, 52 * 44));
  await page.locator("::-p-text(Finished)").wait();
});

test("the setting is shown as it is, and kept", async () => {
  const page = await open({
    route: "#/settings",
    answers: { "transfers.settings": { ok: true, value: { sendOnce: true } } },
  });
  await page.waitForSelector(".choice input:enabled");
  expect(await page.$eval(".choice input", (box) => (box as HTMLInputElement).checked)).toBe(true);
  await page.locator(".choice label").click();
  await expect.poll(() => inputs(page, "transfers.configure")).toEqual([{ sendOnce: false }]);
});
