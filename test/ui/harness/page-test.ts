/** One page in a real browser against a fake background, for the tests of a file. */
import type { Browser, Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { signedIn } from "./fixtures.ts";
import { launchBrowser, showState } from "./open-state.ts";
import type { PageState } from "./page-state.ts";
import { type Harness, serveHarness } from "./serve.ts";

export interface Asked {
  command: string;
  input: Record<string, unknown>;
}

export interface PageTest {
  /** Opens the page for a signed-in person, with what is told otherwise. @param width pixels */
  open(state?: Partial<PageState>, width?: number): Promise<Page>;
  /** Every command that the page sent, in order. */
  asked(page: Page): Promise<Asked[]>;
}

const sizes = {
  popup: { width: 360, height: 600 },
  app: { width: 1280, height: 800 },
  consent: { width: 440, height: 640 },
};

/** Starts browser and pages before the tests of a file, and ends them after. */
export function pageTest(page: keyof typeof sizes): PageTest {
  let harness: Harness;
  let browser: Browser;
  /** A page that one test is done with serves the next: a new one costs a process, and the compiling of all scripts. */
  const free: Page[] = [];
  const taken: Page[] = [];
  beforeAll(async () => {
    harness = await serveHarness();
    browser = await launchBrowser();
  }, 60_000);
  afterEach(async () => {
    for (const done of taken.splice(0)) {
      // The popup closes itself.
      if (done.isClosed()) continue;
      await done.evaluate(() => sessionStorage.clear());
      free.push(done);
    }
  });
  afterAll(async () => {
    await browser?.close();
    await harness?.close();
  });
  const size = sizes[page];
  return {
    open: async (state = {}, width = size.width) => {
      const whole: PageState = { name: "test", page, view: signedIn, ...state };
      const opened = free.pop() ?? (await browser.newPage());
      taken.push(opened);
      await showState(opened, harness, whole, { ...size, width, scheme: "light" });
      return opened;
    },
    asked: (opened) => opened.evaluate(() => (globalThis as unknown as { asked: Asked[] }).asked),
  };
}
