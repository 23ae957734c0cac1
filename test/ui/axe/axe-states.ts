/** axe finds nothing in any state, wide and light, and no colour too faint, narrow and dark; and nothing is wider than its page. */
import type { AxeResults } from "axe-core";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { emulate, showState } from "../harness/open-state.ts";
import type { PageState } from "../harness/page-state.ts";
import { type SharedBrowser, sharedBrowser } from "../harness/shared-browser.ts";
import { states } from "../harness/states.ts";

const sizes = { popup: [360, 320], app: [1280, 360], consent: [440, 320] } as const;

let shared: SharedBrowser;
/** One for all: a process of its own for each state, with everything compiled anew, took twice as long. */
let page: Page;

/** What axe finds, or one of its rules alone: which element, of which rule. */
async function violations(rule?: string): Promise<string[]> {
  const options = { resultTypes: ["violations"], ...(rule === undefined ? {} : { runOnly: [rule] }) };
  const results = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as AxeResults;
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
}

async function wider(): Promise<number> {
  return await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** States are dealt out to so many files, which run side by side. */
const parts = 6;

/** @param part from 0 */
export function axeFindsNothing(part: number): void {
  // Two runs of axe each, beside another file that has a browser too.
  vi.setConfig({ testTimeout: 60_000 });

  beforeAll(async () => {
    shared = await sharedBrowser();
    page = shared.free.pop() ?? (await shared.browser.newPage());
    await page.bringToFront();
  }, 60_000);
  afterAll(async () => {
    if (page) shared.free.push(page);
  });

  test.each(states.filter((_, at) => at % parts === part))("$page $name", async (state: PageState) => {
    const [wide, narrow] = sizes[state.page];
    const height = state.page === "app" ? 800 : 600;
    await page.mouse.move(0, 0);
    await showState(page, shared.harness, state, { width: wide, height, scheme: "light" });
    // By its address: the browser compiles it once.
    await page.addScriptTag({ url: "/axe.js" });
    expect(await violations()).toEqual([]);
    expect(await wider()).toEqual(0);
    // Only colours differ between the schemes, and what fits between the widths.
    await page.setViewport({ width: narrow, height, deviceScaleFactor: 1 });
    await emulate(page, "dark");
    expect(await violations("color-contrast")).toEqual([]);
    expect(await wider()).toEqual(0);
  });
}
