/** The notes app: what is typed is saved, whatever happens meanwhile. */
import type { Page } from "puppeteer-core";
import { expect, test } from "vitest";
import { examplePages } from "./example-pages.ts";

const open = examplePages();

const status = (page: Page) => page.$eval("#status", (element) => element.textContent);
const says = (page: Page, text: string) =>
  page.waitForFunction((wanted) => document.querySelector("#status")?.textContent === wanted, {}, text);
const stored = (page: Page) =>
  page.evaluate(() => [...window.fake.items.values()].map(({ value }) => value.text).sort());
/** Types as fast as it goes, at the end of what is there. */
const type = async (page: Page, text: string) => {
  await page.focus("#text");
  await page.evaluate(() => (document.querySelector("#text") as HTMLTextAreaElement).setSelectionRange(1e6, 1e6));
  await page.keyboard.type(text);
};

/** A page with two saved notes, A and B, of which B is open. */
async function two(): Promise<Page> {
  const page = await open("notes.html");
  await says(page, "No notes yet.");
  for (const name of ["A", "B"]) {
    await page.click("#add");
    await type(page, name);
    await says(page, "All saved.");
  }
  return page;
}
const choose = (page: Page, title: string) => page.locator(`::-p-xpath(//nav//button[strong="${title}"])`).click();

test("two notes that are written within a moment are both saved, and nothing is called saved before", async () => {
  const page = await two();
  await type(page, "1");
  await choose(page, "A");
  await type(page, "2");
  expect(await status(page)).not.toBe("All saved.");
  await says(page, "All saved.");
  expect(await stored(page)).toEqual(["A2", "B1"]);
});

test("what is written while there is no connection is kept, and saved when it is back", async () => {
  const page = await two();
  await page.evaluate(() => {
    window.fake.failing["*"] = "signed-out";
  });
  await type(page, " more");
  await page.waitForFunction(() => window.fake.asked.filter((method) => method === "items.put").length > 2);
  await page.evaluate(() => window.fake.tell({ name: "disconnect", reason: "signed-out" }));
  await page.waitForSelector("#without:not([hidden])");
  await page.evaluate(() => {
    window.fake.failing = {};
    dispatchEvent(new Event("focus"));
  });
  await says(page, "All saved.");
  expect(await stored(page)).toEqual(["A", "B more"]);
  expect(await page.$eval("#text", (field) => (field as HTMLTextAreaElement).value)).toBe("B more");
});

test("connecting again by the button keeps what was not saved, also of a note that is new", async () => {
  const page = await two();
  await page.click("#add");
  await page.evaluate(() => {
    window.fake.failing["*"] = "not-connected";
  });
  await type(page, "C");
  await page.evaluate(() => window.fake.tell({ name: "disconnect", reason: "revoked" }));
  await page.waitForSelector("#ask:not([hidden])");
  await page.evaluate(() => {
    window.fake.failing = {};
  });
  await page.click("#ask");
  await says(page, "All saved.");
  expect(await stored(page)).toEqual(["A", "B", "C"]);
});

test("a paused site is asked about quietly when somebody comes back, and stays as it is until it may go on", async () => {
  const page = await two();
  await page.evaluate(() => {
    window.fake.failing["*"] = "refused";
    window.fake.tell({ name: "disconnect", reason: "paused" });
    window.fake.asked = [];
    dispatchEvent(new Event("focus"));
  });
  await page.waitForFunction(() => window.fake.asked.length > 0);
  // The person is not asked for anything that they did not ask for.
  expect(await page.evaluate(() => window.fake.asked)).toEqual(["permissions"]);
  expect(await page.$eval("#without", (section) => (section as HTMLElement).hidden)).toBe(false);
  await page.evaluate(() => {
    window.fake.failing = {};
    dispatchEvent(new Event("focus"));
  });
  await page.waitForSelector("#without[hidden]");
  expect(await page.evaluate(() => window.fake.asked)).not.toContain("connect");
});

test("a failure that passes is tried again by itself, and said until it has passed", async () => {
  const page = await two();
  await page.evaluate(() => {
    window.fake.failing["items.put"] = "unavailable";
  });
  await type(page, "!");
  await says(page, "Not saved: It failed: unavailable.");
  await page.evaluate(() => {
    window.fake.failing = {};
  });
  await says(page, "All saved.");
  expect(await stored(page)).toEqual(["A", "B!"]);
});

test("whoever leaves is saved at once", async () => {
  const page = await two();
  await type(page, "?");
  const sent = await page.evaluate(() => {
    window.fake.asked = [];
    dispatchEvent(new PageTransitionEvent("pagehide"));
    return new Promise((resolve) => setTimeout(() => resolve(window.fake.asked), 0));
  });
  expect(sent).toEqual(["items.put"]);
  await says(page, "All saved.");
});

test("changed elsewhere while it is being written: the person chooses", async () => {
  const page = await two();
  for (const [button, texts] of [
    ["#mine", ["A", "B1"]],
    ["#theirs", ["A", "theirs"]],
  ] as const) {
    await page.evaluate(() => {
      window.fake.failing["items.put"] = "unavailable";
    });
    await type(page, "1");
    await page.evaluate(() => {
      const [key = "", item] = [...window.fake.items].find(([, { value }]) => value.text !== "A") ?? [];
      if (item)
        window.fake.items.set(key, { ...item, value: { ...item.value, text: "theirs" }, version: `x${Date.now()}` });
      window.fake.failing = {};
      window.fake.tell({ name: "change", items: [key], files: [] });
    });
    await page.waitForSelector("#conflict:not([hidden])");
    expect(await status(page)).toBe("Changed elsewhere.");
    await page.click(button);
    await says(page, "All saved.");
    expect(await stored(page)).toEqual(texts);
  }
});

test("what is stored already, by another device too, is there for whoever comes", async () => {
  const page = await open("notes.html");
  await says(page, "No notes yet.");
  await page.evaluate(() => {
    const value = { text: "Tides", changed: 1 };
    window.fake.items.set("note/1", { key: "note/1", value, version: "1" });
    dispatchEvent(new Event("focus"));
  });
  await says(page, "All saved.");
  await page.waitForSelector("#main:not([hidden])");
  expect(await page.$eval("#text", (field) => (field as HTMLTextAreaElement).value)).toBe("Tides");
});

test("a change of a note that nobody is writing is shown", async () => {
  const page = await two();
  await page.evaluate(() => {
    const [[key, item] = ["", null]] = [...window.fake.items].filter(([, { value }]) => value.text === "B");
    if (item) window.fake.items.set(key, { ...item, value: { ...item.value, text: "B elsewhere" }, version: "x" });
    window.fake.tell({ name: "change", items: [key], files: [] });
  });
  await page.waitForFunction(() => (document.querySelector("#text") as HTMLTextAreaElement).value === "B elsewhere");
  await page.click("#remove");
  await says(page, "Deleted.");
  expect(await stored(page)).toEqual(["A"]);
});

test("less than was asked for: said plainly, and nothing is offered that cannot be", async () => {
  const page = await two();
  const give = (items: string) =>
    page.evaluate((access) => {
      window.fake.given = { files: "none", items: access };
      dispatchEvent(new Event("focus"));
    }, items);
  await give("read");
  await says(page, "You let this page read your notes, and not change them.");
  expect(await page.$$eval("#add, #remove", (all) => all.filter((button) => button.checkVisibility()).length)).toBe(0);
  expect(await page.$eval("#text", (field) => (field as HTMLTextAreaElement).readOnly)).toBe(true);
  await give("none");
  await page.waitForSelector("#without:not([hidden])");
  expect(await page.$eval("#without", (words) => words.textContent)).toContain("let it see no items");
  await give("write");
  await says(page, "All saved.");
  await type(page, "!");
  await says(page, "All saved.");
  expect(await stored(page)).toEqual(["A", "B!"]);
});
