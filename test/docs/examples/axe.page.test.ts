/** axe finds nothing in the example pages, with and without Holdall, in both colour schemes; and nothing is wider than its page. */
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "puppeteer-core";
import { expect, test } from "vitest";
import { emulate } from "../../ui/harness/open-state.ts";
import { examplePages } from "./example-pages.ts";

const open = examplePages();
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

async function findsNothing(page: Page): Promise<void> {
  // Its own policy lets no script in but its own.
  await page.setBypassCSP(true);
  for (const [scheme, width] of [
    ["light", 1280],
    ["dark", 360],
  ] as const) {
    await page.setViewport({ width, height: 700 });
    await emulate(page, scheme);
    const { violations } = (await page.evaluate(`axe.run(document, { resultTypes: ["violations"] })`)) as AxeResults;
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`),
    ).toEqual([]);
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider).toBe(0);
  }
}

async function opened(name: string): Promise<Page> {
  const page = await open(name);
  await page.setBypassCSP(true);
  await page.reload();
  await page.addScriptTag({ path: axe });
  return page;
}

test.each(["notes.html", "photo-box.html"])(
  "%s without Holdall, when the connection has ended, and when it may read alone",
  async (name) => {
    const page = await opened(`${name}#without`);
    await page.waitForSelector("#without:not([hidden])");
    await findsNothing(page);
    const ended = await opened(name);
    await ended.waitForSelector("#add:not([hidden])");
    await ended.evaluate(() => window.fake.tell({ name: "disconnect", reason: "paused" }));
    await ended.waitForSelector("#ask:not([hidden])");
    await findsNothing(ended);
    await ended.evaluate(() => {
      const value = { text: "Tides", changed: 1 };
      window.fake.items.set("note/1", { key: "note/1", value, version: "1" });
      window.fake.given = { files: "read", items: "read" };
      dispatchEvent(new Event("focus"));
    });
    await ended.waitForFunction(() => document.querySelector("#status")?.textContent?.startsWith("You let"));
    await findsNothing(ended);
  },
);

test("notes.html with notes, and with one that was changed elsewhere", async () => {
  const page = await opened("notes.html");
  await page.waitForSelector("#add:not([hidden])");
  for (const text of ["Tides\nHigh water at seven.", "A".repeat(200)]) {
    await page.click("#add");
    await page.type("#text", text);
  }
  await page.waitForFunction(() => document.querySelector("#status")?.textContent === "All saved.");
  await findsNothing(page);
  await page.evaluate(() => {
    window.fake.failing["items.put"] = "conflict";
    for (const [key, item] of window.fake.items)
      window.fake.items.set(key, { ...item, value: { ...item.value, text: "theirs" }, version: "x" });
  });
  await page.type("#text", "!");
  await page.waitForSelector("#conflict:not([hidden])");
  await findsNothing(page);
});

test("photo-box.html empty, with pictures, and with one that is looked at", async () => {
  const page = await opened("photo-box.html");
  await page.waitForSelector("#add:not([hidden])");
  await findsNothing(page);
  await page.evaluate(() => {
    for (const name of ["a.png", `${"b".repeat(100)}.png`])
      window.fake.files.set(`photos/${name}`, {
        ...{ path: `photos/${name}`, size: 70, type: "image/png", version: "1", modifiedAt: 1 },
      });
    dispatchEvent(new Event("focus"));
  });
  await page.waitForSelector("#box button");
  await findsNothing(page);
  await page.click("#box button");
  await page.waitForSelector("dialog[open]");
  await findsNothing(page);
});
