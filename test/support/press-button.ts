import type { Page } from "puppeteer-core";
import type { ExtensionBrowser } from "./extension-browser.ts";
import { inFirefoxWindow } from "./firefox-window.ts";
import { poll } from "./poll.ts";

/** Presses the extension's button in the toolbar while `page` is in view: `activeTab` is given for it. */
export async function pressButton({ name, browser, origin }: ExtensionBrowser, page: Page): Promise<void> {
  await page.bringToFront();
  if (name === "chromium") {
    const extensions = await browser.extensions();
    const extension = extensions.get(new URL(origin).host);
    if (!extension) throw new Error("the extension is not there");
    await page.triggerExtensionAction(extension);
    return;
  }
  await poll("the extension's button", () => inFirefoxWindow(browser, clickButton));
}

/** Runs in Firefox's window. */
function clickButton(): boolean {
  const button = document.querySelector<HTMLElement>(
    '[data-extensionid="holdall@holdall.extension"] .unified-extensions-item-action-button',
  );
  button?.click();
  return button !== null;
}
