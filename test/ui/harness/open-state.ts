import puppeteer, { type Browser, type ConsoleMessage, type Dialog, type Page } from "puppeteer-core";
import { findBrowser } from "../../../scripts/find-browser.mjs";
import type { PageState } from "./page-state.ts";
import type { Harness } from "./serve.ts";

export type Scheme = "light" | "dark";

export async function launchBrowser(): Promise<Browser> {
  const found = findBrowser("chromium");
  if (found.path === null) throw new Error(`no Chromium: ${found.reason}`);
  return await puppeteer.launch({
    executablePath: found.path,
    headless: true,
    args: ["--no-sandbox", "--disable-background-networking", "--hide-scrollbars", "--lang=en-GB"],
    env: { ...process.env, TZ: "UTC" },
  });
}

interface Look {
  width: number;
  height: number;
  scheme: Scheme;
}

/** Opens a state in a page of its own and brings it there; the caller closes the page. Faults of the page are thrown. */
export async function openState(browser: Browser, harness: Harness, state: PageState, look: Look): Promise<Page> {
  const page = await browser.newPage();
  await showState(page, harness, state, look);
  return page;
}

/** The same in a page that is open already: its process need not start, and the browser has compiled the scripts. */
export async function showState(
  page: Page,
  harness: Harness,
  state: PageState,
  { width, height, scheme }: Look,
): Promise<void> {
  const faults: unknown[] = [];
  const onFault = (fault: unknown) => faults.push(fault);
  const onConsole = (line: ConsoleMessage) => {
    if (line.type() === "error") faults.push(line.text());
  };
  page.on("pageerror", onFault);
  page.on("console", onConsole);
  await page.setViewport({ width, height, deviceScaleFactor: 1 });
  await emulate(page, scheme);
  page.setDefaultTimeout(15_000);
  // The state before may ask whether it may be left.
  const leave = (dialog: Dialog) => void dialog.accept();
  page.on("dialog", leave);
  await page.goto(harness.urlOf(state));
  page.off("dialog", leave);
  await page.waitForSelector("main");
  await state.act?.(page);
  // Hover and transitions come to rest.
  await new Promise((resolve) => setTimeout(resolve, 150));
  page.off("pageerror", onFault);
  page.off("console", onConsole);
  if (faults.length > 0) throw new Error(`${state.page} ${state.name}: ${faults.map(String).join("; ")}`);
}

/** The colour scheme, and no motion: a colour on its way would be neither the one nor the other. */
export async function emulate(page: Page, scheme: Scheme): Promise<void> {
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: scheme },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
}
