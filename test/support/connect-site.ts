import type { Page } from "puppeteer-core";
import type { View } from "../../src/messaging/view.ts";
import type { ExtensionBrowser } from "./extension-browser.ts";
import { PersonOnPage } from "./person-on-page.ts";
import { poll } from "./poll.ts";
import { textOf } from "./texts.ts";

/** Connects the site of an open page as a person does: "Connect this site" in the popup, "Allow" in the window that asks. */
export async function connectSite(browser: ExtensionBrowser, page: Page): Promise<void> {
  await askToConnect(browser, page);
  await allowSite(browser);
}

/**
 * Up to the window that asks, which is returned. Firefox's panel is out of the driver's reach: there the popup's page sends what its
 * button would.
 */
export async function askToConnect(browser: ExtensionBrowser, page: Page): Promise<Page> {
  await page.bringToFront();
  const popup = await browser.openPopup();
  if (browser.name === "chromium") {
    // It closes when the window that asks comes to the front.
    await new PersonOnPage(popup).click(textOf("site_connect")).catch(() => {});
  } else {
    await popup.evaluate(async (url) => {
      const [tab] = await chrome.tabs
        .query({ url: `${new URL(url).protocol}//${new URL(url).hostname}/*` })
        .then((tabs) => tabs.filter((one) => one.url === url));
      const { view } = (await chrome.storage.session.get("view")) as { view: View };
      const input = { profile: view.activeProfile, tab: tab?.id, held: true };
      await chrome.runtime.sendMessage({ holdall: 1, command: "sites.connect", input });
    }, page.url());
    await popup.close();
  }
  return await waitForConsent(browser);
}

/** Says yes in the window that asks. */
export async function allowSite(browser: ExtensionBrowser): Promise<void> {
  const consent = await waitForConsent(browser);
  // It means nothing until the person has had time to read.
  await consent.waitForSelector(".consent-allow:not([aria-disabled=true])");
  await answer(browser, consent, textOf("consent_allow"));
}

/** Says no in it. */
export async function refuseSite(browser: ExtensionBrowser, consent: Page): Promise<void> {
  await answer(browser, consent, textOf("consent_refuse"));
}

async function answer(browser: ExtensionBrowser, consent: Page, button: string): Promise<void> {
  // It closes under the click.
  await new PersonOnPage(consent).click(button).catch(() => {});
  await poll("the window that asks to close", async () => (await consentOf(browser)) === undefined);
}

async function waitForConsent(browser: ExtensionBrowser): Promise<Page> {
  const consent = await poll("the window that asks", () => consentOf(browser));
  await consent.bringToFront();
  await consent.waitForSelector(".consent-origin");
  return consent;
}

/** Firefox's driver does not learn the addresses of windows that an extension opens: the pages are asked. */
async function consentOf(browser: ExtensionBrowser): Promise<Page | undefined> {
  for (const page of await browser.browser.pages()) {
    const address = await page.evaluate(() => location.href).catch(() => "");
    if (address.startsWith(`${browser.origin}/consent.html`)) return page;
  }
  return undefined;
}
