/** Connecting a site as a person does, with the browser's own questions, by keyboard and mouse: drivers cannot reach them. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "puppeteer-core";
import type { ExtensionBrowser } from "../support/extension-browser.ts";
import { inFirefoxWindow } from "../support/firefox-window.ts";
import { poll } from "../support/poll.ts";
import type { Screen } from "./screen.ts";

/** A name below localhost, whose every letter is Cyrillic: the browser has no permission for it, and it needs no TLS. */
const host = "xn--80ak6aa92e.localhost";

/** In the browser's question about the host. */
const keysToAllow: Record<ExtensionBrowser["name"], string[]> = {
  chromium: ["Tab", "Return"],
  firefox: ["alt+a"],
};

/** As text: what runs this file adds names to functions, which a page does not know. */
const hasProvider = `new Promise((resolve) => {
  addEventListener("holdall:announce", () => resolve(true), { once: true });
  dispatchEvent(new CustomEvent("holdall:find"));
  setTimeout(() => resolve(false), 1000);
})`;

const still = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Runs in Firefox's window: the place of the popup's button on the screen. */
function corner(): string {
  const popup = document.querySelector(".webextension-popup-browser")?.getBoundingClientRect();
  const { mozInnerScreenX: left, mozInnerScreenY: top } = window as unknown as Record<string, number>;
  return JSON.stringify([(left ?? 0) + (popup?.right ?? 0) - 60, (top ?? 0) + (popup?.bottom ?? 0) - 24]);
}

interface Deps {
  screen: Screen;
  browser: ExtensionBrowser;
  picture: (what: string) => Promise<void>;
  placeOf: (page: Page, selector: string) => Promise<{ x: number; y: number }>;
}

export async function connectByHand({ screen, browser, picture, placeOf }: Deps): Promise<void> {
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(
      "<!doctype html><title>Harbour notes</title><h1>Harbour notes</h1><p>Connect this site in Holdall.</p>",
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const page = await browser.openWebPage(`http://${host}:${(server.address() as AddressInfo).port}/`);
    await page.bringToFront();
    await still(1500);
    if (await page.evaluate(hasProvider)) throw new Error("The page has a provider before it is connected");
    await screen.press("alt+shift+o");
    await still(2500);
    await picture("connect-popup");
    // By keyboard in Chromium, whose popup has the focus; it is the last in it. Firefox's panel takes it with a click.
    if (browser.name === "chromium") await screen.press("shift+Tab", "Return");
    else {
      const [x, y] = JSON.parse(String(await inFirefoxWindow(browser.browser, corner)));
      await screen.click(Math.round(x), Math.round(y), 1);
    }
    await still(2000);
    await picture("connect-permission");
    await screen.press(...keysToAllow[browser.name]);
    const consent = await poll("the window that asks", async () => {
      for (const one of await browser.browser.pages()) {
        if ((await one.evaluate(() => location.pathname).catch(() => "")) === "/consent.html") return one;
      }
      return undefined;
    });
    await consent.waitForSelector(".consent-allow:not([aria-disabled=true])");
    await still(1000);
    await picture("connect-consent");
    const { x, y } = await placeOf(consent, ".consent-allow");
    await screen.click(x, y, 1);
    await poll("a provider in the page", () => page.evaluate(hasProvider));
    await still(1000);
    await picture("connect-connected");
  } finally {
    server.close();
  }
}
