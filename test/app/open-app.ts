/** The app in a real browser against a fake background, for the tests of its pages. */
import type { Page } from "puppeteer-core";
import type { View } from "../../src/messaging/view.ts";
import { type Asked, type PageTest, pageTest } from "../ui/harness/page-test.ts";

export interface AppTest {
  open: PageTest["open"];
  /** Inputs of a command, in order. */
  inputs(page: Page, command: string): Promise<Asked["input"][]>;
  /** What the background says next. */
  push(page: Page, view: View): Promise<void>;
}

/** Starts browser and pages before the tests of a file, and ends them after. */
export function appTest(): AppTest {
  const { open, asked } = pageTest("app");
  return {
    open,
    inputs: async (page, command) =>
      (await asked(page)).filter((entry) => entry.command === command).map(({ input }) => input),
    push: (page, view) =>
      page.evaluate((next) => (globalThis as unknown as { pushView: (view: View) => void }).pushView(next), view),
  };
}
