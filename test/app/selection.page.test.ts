import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElementHandle, Page } from "puppeteer-core";
import { expect, test, vi } from "vitest";
import { textOf } from "../support/texts.ts";
import { files } from "../ui/harness/fixtures.ts";
import { appTest } from "./open-app.ts";

vi.setConfig({ testTimeout: 20_000 });

const { open, inputs } = appTest();
const listed = { ok: true, value: { files, folders: ["letters/"], cursor: null } } as const;
const answers = { "files.list": listed };
const pathOf = (beginning: string) => {
  const found = files.find(({ path }) => path.slice(path.lastIndexOf("/") + 1).startsWith(beginning));
  if (found === undefined) throw new Error(`No file begins with ${beginning}`);
  return found.path;
};
const chosen = (page: Page) => page.$$eval('.row[aria-selected="true"]', (rows) => rows.length);
const names = (page: Page) => page.$$eval(".row .file-name", (all) => all.map((name) => name.textContent));
const row = (name: string) => `.row:has([title="${name}"])`;

async function withKey(page: Page, key: "Control" | "Shift", work: () => Promise<unknown>) {
  await page.keyboard.down(key);
  await work();
  await page.keyboard.up(key);
}

test("rows are chosen by click, as a range and all at once; a plain click opens as before", async () => {
  const page = await open({ answers });
  await withKey(page, "Control", () => page.locator(row("letters")).click());
  await withKey(page, "Shift", () => page.locator(row("notes.md")).click());
  // As they stand in the list: by name.
  const between = ["backup", "budget", "Ein sehr", "harbour", "LICENSE", "notes"].map(pathOf);
  expect(await chosen(page)).toBe(1 + between.length);
  await page.locator(`${row("budget.csv")} .check`).click();
  expect(await chosen(page)).toBe(between.length);
  await page.locator("::-p-aria(Save as zip)").click();
  await expect
    .poll(() => inputs(page, "files.saveArchive"))
    .toEqual([
      {
        profile: "acme-beta",
        prefix: "",
        paths: ["letters/", ...between.filter((path) => path !== "budget.csv")],
      },
    ]);
  await page.keyboard.press("Escape");
  await page.focus(".row");
  await withKey(page, "Control", () => page.keyboard.press("a"));
  expect(await chosen(page)).toBe(12);
  await page.keyboard.press("Escape");
  expect(await chosen(page)).toBe(0);
  await page.locator(row("report.pdf")).click();
  await page.locator(".file-details").wait();
});

test("rows are chosen by keyboard", async () => {
  const page = await open({ answers });
  await page.focus(row("report.pdf"));
  await page.keyboard.press("Space");
  await withKey(page, "Shift", async () => {
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
  });
  expect(await chosen(page)).toBe(3);
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("soundcheck");
});

test("one file is saved as it is, a folder by its own button as a zip", async () => {
  const page = await open({ answers });
  await page.focus(row("report.pdf"));
  await page.keyboard.press("Space");
  await page.locator("::-p-aria(Save)").click();
  await expect.poll(async () => (await inputs(page, "files.save"))[0]?.path).toBe("report.pdf");
  await page.locator(row("letters")).hover();
  await page.locator('[aria-label="Save letters as zip"]').click();
  await expect.poll(async () => (await inputs(page, "files.saveArchive"))[0]?.paths).toEqual(["letters/"]);
});

test("what is chosen is counted by kind, and so says the button that deletes it", async () => {
  const page = await open({ answers });
  const says = () =>
    page.$$eval(".selected-count, .bar .danger", (parts) => parts.map((part) => (part.textContent ?? "").trim()));
  const expected = (counts: string) => [textOf("n_selected", counts), textOf("delete_name", counts)];
  await page.focus(row("letters"));
  await page.keyboard.press("Space");
  await page.locator(".selected-count").wait();
  expect(await says()).toEqual(expected(textOf("one_folder")));
  await page.focus(row("report.pdf"));
  await page.keyboard.press("Space");
  await expect.poll(says).toEqual(expected(`${textOf("one_file")}, ${textOf("one_folder")}`));
  await page.focus(row("video.mp4"));
  await page.keyboard.press("Space");
  await page.focus(row("letters"));
  await page.keyboard.press("Space");
  await expect.poll(says).toEqual(expected(textOf("n_files", 2)));
});

test("several are deleted at once, and one Undo brings all of them back", async () => {
  const page = await open({ answers: { ...answers, "files.delete": { ok: true, value: { deleteMarker: "v1" } } } });
  await withKey(page, "Control", async () => {
    await page.locator(row("report.pdf")).click();
    await page.locator(row("video.mp4")).click();
  });
  await page.locator("::-p-aria(Delete 2 files)").click();
  await page.locator("::-p-text(2 files deleted.)").wait();
  expect(await names(page)).not.toContain("video.mp4");
  await page.locator("::-p-aria(Undo)").click();
  await page.locator(row("video.mp4")).wait();
  const undone = (await inputs(page, "files.undelete")).map(({ path }) => path).sort();
  expect(undone).toEqual(["report.pdf", "video.mp4"]);
});

test("where nothing brings files back, the first deletion tells, and the others are asked about", async () => {
  const page = await open({ answers: { ...answers, "files.delete": { ok: true, value: { deleteMarker: null } } } });
  await withKey(page, "Control", async () => {
    await page.locator(row("report.pdf")).click();
    await page.locator(row("video.mp4")).click();
    await page.locator(row("notes.md")).click();
  });
  await page.locator("::-p-aria(Delete 3 files)").click();
  await page.locator("dialog ::-p-text(Delete 2 files?)").wait();
  await page.locator("dialog ::-p-aria(Cancel)").click();
  await page.locator(row("report.pdf")).wait();
  expect((await inputs(page, "files.delete")).map(({ path }) => path)).toEqual(["notes.md"]);
  expect(await names(page)).toEqual(expect.arrayContaining(["report.pdf", "video.mp4"]));
  expect(await names(page)).not.toContain("notes.md");
});

test("what is picked goes into the folder that is shown, a picked folder with all that is in it", async () => {
  const place = await mkdtemp(join(tmpdir(), "holdall-app-"));
  await mkdir(join(place, "tour/day 1"), { recursive: true });
  await writeFile(join(place, "tour/.DS_Store"), "x");
  await writeFile(join(place, "tour/day 1/a.txt"), "x");
  const page = await open({
    route: "#/files/letters/2026/",
    answers: {
      "files.list": { ok: true, value: { files: [], folders: [], cursor: null } },
      "files.upload": { ok: true, value: { ids: [], refused: [] } },
    },
  });
  const input = (await page.$('[aria-label="Choose a folder"]')) as ElementHandle<HTMLInputElement>;
  await input.uploadFile(join(place, "tour"));
  await expect
    .poll(async () => {
      const [first] = await inputs(page, "files.upload");
      return (first?.files as { path: string }[] | undefined)?.map(({ path }) => path).sort();
    })
    .toEqual(["letters/2026/tour/.DS_Store", "letters/2026/tour/day 1/a.txt"]);
  await rm(place, { recursive: true });
});
