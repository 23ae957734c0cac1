/** axe finds nothing in any state, wide and light, narrow and dark; and nothing is wider than its page. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { launchBrowser, openState, type Scheme } from "./harness/open-state.ts";
import type { PageState } from "./harness/page-state.ts";
import { type Harness, serveHarness } from "./harness/serve.ts";
import { states } from "./harness/states.ts";

const schemes: Scheme[] = ["light", "dark"];
const sizes = { popup: [360, 320], app: [1280, 360] };

// Two runs of axe each, beside another file that has a browser too.
vi.setConfig({ testTimeout: 60_000 });

let harness: Harness;
let browser: Browser;
let axe: string;

beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  harness = await serveHarness();
  browser = await launchBrowser();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await harness?.close();
});

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const results = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as AxeResults;
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
}

async function wider(page: Page): Promise<number> {
  return await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

describe.each(["popup", "app"] as const)("%s", (name) => {
  test.each(states.filter(({ page }) => page === name))("$name", { timeout: 30_000 }, async (state: PageState) => {
    // Colours do not depend on the width, nor what fits on the colours: each of them once.
    for (const [at, width] of sizes[name].entries()) {
      const scheme = schemes[at] ?? "light";
      const page = await openState(browser, harness, state, {
        width,
        height: name === "popup" ? 600 : 800,
        scheme,
      });
      expect([width, scheme, await violations(page)]).toEqual([width, scheme, []]);
      expect([width, await wider(page)]).toEqual([width, 0]);
      await page.close();
    }
  });
});
