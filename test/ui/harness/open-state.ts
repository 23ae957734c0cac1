import puppeteer, { type Browser, type Page } from "puppeteer-core";
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

/** Opens a state in a page of its own and brings it there; the caller closes the page. Faults of the page are thrown. */
export async function openState(
  browser: Browser,
  harness: Harness,
  state: PageState,
  { width, height, scheme }: { width: number; height: number; scheme: Scheme },
): Promise<Page> {
  const page = await browser.newPage();
  const faults: unknown[] = [];
  page.on("pageerror", (fault) => faults.push(fault));
  page.on("console", (line) => {
    if (line.type() === "error") faults.push(line.text());
  });
  await page.setViewport({ width, height, deviceScaleFactor: 1 });
  await emulate(page, scheme);
  page.setDefaultTimeout(5000);
  await page.goto(harness.urlOf(state));
  await page.waitForSelector("main");
  await state.act?.(page);
  // Hover and transitions come to rest.
  await new Promise((resolve) => setTimeout(resolve, 150));
  if (faults.length > 0) throw new Error(`${state.page} ${state.name}: ${faults.map(String).join("; ")}`);
  return page;
}

/** The colour scheme, and no motion: a colour on its way would be neither the one nor the other. */
export async function emulate(page: Page, scheme: Scheme): Promise<void> {
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: scheme },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
}
