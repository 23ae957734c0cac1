import type { Browser, Page } from "puppeteer-core";
import { launchBrowser } from "./open-state.ts";
import { type Harness, serveHarness } from "./serve.ts";

export interface SharedBrowser {
  harness: Harness;
  browser: Browser;
  /** A page that one test is done with serves the next: a new one costs a process, and the compiling of all scripts. */
  free: Page[];
}

let shared: Promise<SharedBrowser> | undefined;

/** One for all test files of a process, and ends with it: to start takes longer than most files take to run. */
export function sharedBrowser(): Promise<SharedBrowser> {
  shared ??= start().catch((error) => {
    shared = undefined;
    throw error;
  });
  return shared;
}

async function start(): Promise<SharedBrowser> {
  const [harness, browser] = await Promise.all([serveHarness(), launchBrowser()]);
  return { harness, browser, free: [] };
}
