/** The photo box: a person who goes and comes back. */
import type { Page } from "puppeteer-core";
import { expect, test } from "vitest";
import { examplePages } from "./example-pages.ts";

const open = examplePages();

const says = (page: Page, text: string) =>
  page.waitForFunction((wanted) => document.querySelector("#status")?.textContent === wanted, {}, text);
const addPicture = (page: Page, name: string) =>
  page.evaluate((path) => {
    window.fake.files.set(path, { path, size: 70, type: "image/png", version: path, modifiedAt: 1 });
  }, `photos/${name}`);
const back = (page: Page) => page.evaluate(() => void dispatchEvent(new Event("focus")));

test.each(["signed-out", "paused"] as const)(
  "%s: said, and over when somebody comes back who may go on",
  async (reason) => {
    const page = await open("photo-box.html");
    await says(page, "The box is empty: add pictures, or drop them here.");
    await page.evaluate((why) => {
      window.fake.failing["*"] = why === "paused" ? "refused" : "signed-out";
      window.fake.tell({ name: "disconnect", reason: why });
      window.fake.asked = [];
    }, reason);
    await page.waitForSelector("#without:not([hidden])");
    await back(page);
    await page.waitForFunction(() => window.fake.asked.length > 0);
    expect(await page.evaluate(() => window.fake.asked)).toEqual(["permissions"]);
    await page.evaluate(() => {
      window.fake.failing = {};
    });
    await addPicture(page, "a.png");
    await back(page);
    await says(page, "1 picture.");
    await page.waitForFunction(() => document.querySelector<HTMLImageElement>("#box img")?.naturalWidth === 1);
  },
);

test("pictures of another device are there for whoever comes back; what is there stays as it is", async () => {
  const page = await open("photo-box.html");
  await says(page, "The box is empty: add pictures, or drop them here.");
  await addPicture(page, "a.png");
  await back(page);
  await says(page, "1 picture.");
  await page.focus("#box button");
  await page.evaluate(() => {
    window.fake.asked = [];
  });
  await back(page);
  await page.waitForFunction(() => window.fake.asked.includes("files.list"));
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
  expect(await page.evaluate(() => document.activeElement?.matches("#box button"))).toBe(true);
});

test("less than was asked for: said plainly, and nothing is offered that cannot be", async () => {
  const page = await open("photo-box.html");
  await says(page, "The box is empty: add pictures, or drop them here.");
  await addPicture(page, "a.png");
  const give = async (files: string) => {
    await page.evaluate((access) => {
      window.fake.given = { files: access, items: "none" };
    }, files);
    await back(page);
  };
  await give("read");
  await says(page, "You let this page show your pictures, and not change them: 1.");
  await page.locator("#box button").click();
  await page.waitForSelector("#large[open]");
  expect(await page.$$eval("#add, #remove", (all) => all.filter((button) => button.checkVisibility()).length)).toBe(0);
  await give("none");
  await page.waitForSelector("#without:not([hidden])");
  expect(await page.$eval("#without", (words) => words.textContent)).toContain("let it see no files");
  await give("write");
  await says(page, "1 picture.");
});
