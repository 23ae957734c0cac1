/** The app in a real browser against a fake background, for the tests of its pages. */
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll } from "vitest";
import type { View } from "../../src/messaging/view.ts";
import { signedIn } from "../ui/harness/fixtures.ts";
import { launchBrowser, openState } from "../ui/harness/open-state.ts";
import type { PageState } from "../ui/harness/page-state.ts";
import { type Harness, serveHarness } from "../ui/harness/serve.ts";

type Input = Record<string, unknown>;

export interface AppTest {
  open(state: Partial<PageState>, width?: number): Promise<Page>;
  /** Inputs of a command, in order. */
  inputs(page: Page, command: string): Promise<Input[]>;
  /** What the background says next. */
  push(page: Page, view: View): Promise<void>;
}

/** Starts browser and pages before the tests of a file, and ends them after. */
export function appTest(): AppTest {
  let harness: Harness;
  let browser: Browser;
  beforeAll(async () => {
    harness = await serveHarness();
    browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await harness?.close();
  });
  return {
    open: async (state, width = 1280) => {
      const whole: PageState = { name: "test", page: "app", view: signedIn, ...state };
      return await openState(browser, harness, whole, { width, height: 800, scheme: "light" });
    },
    inputs: async (page, command) => {
      const asked = await page.evaluate(
        () => (globalThis as unknown as { asked: { command: string; input: Input }[] }).asked,
      );
      return asked.filter((entry) => entry.command === command).map(({ input }) => input);
    },
    push: (page, view) =>
      page.evaluate((next) => (globalThis as unknown as { pushView: (view: View) => void }).pushView(next), view),
  };
}
