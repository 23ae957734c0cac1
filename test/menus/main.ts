/**
 * The real context menus, shortcuts and notifications, by mouse and keyboard on a screen of their own: drivers cannot reach them.
 *
 *   npm run menus -- [--browser chromium|firefox] [--only captures|connect] [--out folder]
 *
 * Takes pictures in both colour schemes, and says what arrived in the bucket.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "puppeteer-core";
import { ROOT } from "../../scripts/ensure-dependencies.mjs";
import { startSourceSite } from "../e2e/captures/source-site.ts";
import type { BrowserName, ExtensionBrowser } from "../support/extension-browser.ts";
import { BROWSER_NAMES, launchExtension } from "../support/launch-extension.ts";
import { poll } from "../support/poll.ts";
import { sessionRecord } from "../support/session-secrets.ts";
import { signIn } from "../support/sign-in.ts";
import { SITE_HOST, startTestWorld } from "../support/test-world.ts";
import { connectByHand } from "./connect.ts";
import { openScreen, type Screen } from "./screen.ts";

const { values } = parseArgs({
  options: { browser: { type: "string" }, only: { type: "string" }, out: { type: "string" } },
});
const out = values.out ?? join(ROOT, ".cache", "menus");
const schemes = ["light", "dark"] as const;

/** Keys that lead from an open menu to our entry, from its end: Chromium has its developer's tools below. Several entries are a menu. */
const keysTo: Record<BrowserName, { one: string[]; page: string[] }> = {
  chromium: { one: ["Up", "Up", "Return"], page: ["Up", "Up", "Up", "Right"] },
  firefox: { one: ["Up", "Return"], page: ["Up", "Right"] },
};

const still = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function once(screen: Screen, name: BrowserName, scheme: (typeof schemes)[number]): Promise<void> {
  const world = await startTestWorld();
  const browser = await launchExtension(name, {
    ...{ extension: await world.buildExtension(name), hosts: [SITE_HOST], headless: false },
    dark: scheme === "dark",
  });
  const picture = (what: string) => screen.picture(join(out, `${name}-${what}-${scheme}.png`));
  try {
    const app = await browser.openApp("/captures");
    await signIn(browser, app, world.aws, "alice");
    if (values.only !== "captures") {
      await connectByHand({ screen, browser, picture, placeOf });
      console.log(`${name}, ${scheme}: connected`);
    }
    if (values.only === "connect") return;
    const { profile } = await poll("the session", async () => {
      const { view } = await app.evaluate(() => chrome.storage.session.get("view"));
      const { activeProfile } = (view ?? {}) as { activeProfile?: string };
      return (await sessionRecord(app)) && activeProfile ? { profile: activeProfile } : null;
    });
    const kinds = async (): Promise<string[]> => {
      const input = { profile, filter: {}, limit: 100 };
      const answer = await app.evaluate((message) => chrome.runtime.sendMessage(message), {
        holdall: 1,
        command: "captures.list",
        input,
      });
      return answer.value.rows.map(({ kind }: { kind: string }) => kind);
    };
    if (scheme === "light") await others(screen, name, { browser, kinds, picture });
    const page = await browser.openWebPage(`${world.siteOrigin}/`);
    await page.bringToFront();
    await still(1500);

    const image = await placeOf(page, "#picture");
    await screen.click(image.x, image.y, 3);
    await still(1000);
    await picture("menu-image");
    await screen.press(...keysTo[name].one);
    await poll("the image in the folder", async () => (await kinds()).includes("image"));
    await still(2500);
    await picture("notification");
    await screen.clear();

    await screen.click(image.x + 300, image.y + 200, 3);
    await still(1000);
    await screen.press(...keysTo[name].page);
    await still(600);
    await picture("menu-page");
    await screen.press("Return");
    await poll("the page in the folder", async () => (await kinds()).includes("page"));

    await screen.press("alt+shift+g");
    await poll("the screenshot, by its shortcut", async () => (await kinds()).includes("screenshot"));
    await still(1200);
    await screen.clear();
    await screen.press("alt+shift+o");
    await still(2000);
    await picture("popup");
    await screen.press("Escape");
    await app.bringToFront();
    await still(2000);
    await picture("captures");
    console.log(`${name}, ${scheme}: ${(await kinds()).toSorted().join(", ")}`);
  } catch (error) {
    await picture("failed");
    throw error;
  } finally {
    await browser.dispose();
    await world.close();
  }
}

/** What is left: links, media, what is selected, by its menu and by its keys, and the last entries of the page's menu. */
async function others(
  screen: Screen,
  name: BrowserName,
  {
    browser,
    kinds,
    picture,
  }: {
    browser: ExtensionBrowser;
    kinds: () => Promise<string[]>;
    picture: (what: string) => Promise<void>;
  },
): Promise<void> {
  const site = await startSourceSite();
  try {
    const page = await browser.openWebPage(`${site.origin}/`);
    await page.bringToFront();
    await still(1500);
    const arrives = async (kind: string, many = 1) => {
      const there = async () => (await kinds()).filter((one) => one === kind).length >= many;
      await poll(`${many} of ${kind} in the folder`, there, 30_000);
      await screen.clear();
    };
    /** Null: nothing. What was saved once is not saved again, so the keys get other words than the menu. */
    const select = (chosen: string | null) =>
      page.evaluate((selector) => {
        getSelection()?.removeAllRanges();
        const words = selector === null ? null : document.querySelector(selector);
        if (words !== null) getSelection()?.selectAllChildren(words);
      }, chosen);
    for (const [kind, selector] of [
      ["link", "#link"],
      ["audio", "#sound"],
      ["video", "#video"],
      ["selection", "#words b"],
    ] as const) {
      await select(kind === "selection" ? selector : null);
      const { x, y } = await placeOf(page, selector);
      // The controls of media have a slider in the middle, which has no menu.
      const aside = kind === "audio" ? 65 : kind === "video" ? 45 : 0;
      await screen.click(x - aside, kind === "video" ? y - 20 : y, 3);
      await still(2000);
      await picture(`menu-${kind}`);
      await screen.press(...keysTo[name].one);
      await arrives(kind);
    }
    await select("#words");
    await screen.press("alt+shift+l");
    await arrives("selection", 2);
    await select(null);
    for (const [at, kind] of ["page", "screenshot", "page-screenshot", "bookmark"].entries()) {
      if (at < 2) continue;
      const { x, y } = await placeOf(page, "#spot");
      await screen.click(x, y, 3);
      await still(1000);
      await screen.press(...keysTo[name].page, ...Array<string>(at).fill("Down"), "Return");
      await arrives(kind);
    }
    await page.close();
  } finally {
    await site.close();
  }
}

/** The middle of an element, in screen pixels. */
function placeOf(page: Page, selector: string): Promise<{ x: number; y: number }> {
  return page.$eval(selector, (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const inside = (window as unknown as { mozInnerScreenX?: number; mozInnerScreenY?: number }) ?? {};
    const left = inside.mozInnerScreenX ?? screenX + (outerWidth - innerWidth) / 2;
    const top = inside.mozInnerScreenY ?? screenY + (outerHeight - innerHeight);
    return { x: Math.round(left + x + width / 2), y: Math.round(top + y + height / 2) };
  });
}

await mkdir(out, { recursive: true });
const screen = await openScreen();
try {
  for (const name of BROWSER_NAMES.filter((one) => values.browser === undefined || one === values.browser)) {
    for (const scheme of schemes) await once(screen, name, scheme);
  }
} finally {
  screen.close();
}
