/** One page in a real browser against a fake background, for the tests of a file. */
import type { Page } from "puppeteer-core";
import { afterEach, beforeAll } from "vitest";
import { signedIn } from "./fixtures.ts";
import { showState } from "./open-state.ts";
import type { PageState } from "./page-state.ts";
import { sharedBrowser } from "./shared-browser.ts";

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

/** Starts browser and pages before the tests of a file. */
export function pageTest(page: keyof typeof sizes): PageTest {
  const taken: Page[] = [];
  beforeAll(async () => {
    await sharedBrowser();
  }, 60_000);
  afterEach(async () => {
    const { free } = await sharedBrowser();
    for (const done of taken.splice(0)) {
      // The popup closes itself, sooner or later: then it is left out.
      const clean = done.isClosed()
        ? false
        : await done
            .evaluate(() => {
              sessionStorage.clear();
              localStorage.clear();
            })
            .then(
              () => true,
              () => false,
            );
      if (clean) free.push(done);
    }
  });
  const size = sizes[page];
  return {
    open: async (state = {}, width = size.width) => {
      const { harness, browser, free } = await sharedBrowser();
      const whole: PageState = { name: "test", page, view: signedIn, ...state };
      const opened = free.pop() ?? (await browser.newPage());
      taken.push(opened);
      // What lies behind another page is not drawn, and nothing in it can be clicked.
      await opened.bringToFront();
      await showState(opened, harness, whole, { ...size, width, scheme: "light" });
      return opened;
    },
    asked: (opened) => opened.evaluate(() => (globalThis as unknown as { asked: Asked[] }).asked),
  };
}
