import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "puppeteer-core";
import { ensureBrowser } from "../../scripts/ensure-browser.mjs";
import { launchFirefoxWith } from "../../scripts/launch-browser.mjs";
import { makeBrowserFolders } from "./browser-folders.ts";
import type { ExtensionBrowser, LaunchExtensionOptions, MenuChoice } from "./extension-browser.ts";
import { inFirefoxWindow } from "./firefox-window.ts";
import { killBrowser } from "./kill-browser.ts";
import { poll } from "./poll.ts";

export async function launchFirefox(options: LaunchExtensionOptions): Promise<ExtensionBrowser> {
  const folders = await makeBrowserFolders(options);
  const manifest = JSON.parse(await readFile(join(options.extension, "manifest.json"), "utf8"));
  const geckoId: string = manifest.browser_specific_settings.gecko.id;
  const { browser, origin } = await launchFirefoxWith({
    executablePath: await ensureBrowser("firefox"),
    headless: options.headless ?? true,
    userDataDir: folders.profileDir,
    extension: options.extension,
    geckoId,
    preferences: {
      "browser.download.folderList": 2,
      "browser.download.dir": folders.downloadDir,
      ...(options.dark ? { "ui.systemUsesDarkTheme": 1 } : {}),
      "network.dns.localDomains": (options.hosts ?? []).join(","),
    },
  });

  const openExtensionPage = async (path: string): Promise<Page> => {
    const page = await browser.newPage();
    const url = `${origin}${path}`;
    // Firefox loads the page and never tells the driver so.
    void page.goto(url).catch(() => {});
    await poll(`${url} to load`, () =>
      page.evaluate((wanted) => location.href.startsWith(wanted) && document.readyState === "complete", url),
    );
    return page;
  };
  let open = true;
  const close = async () => {
    if (open) await browser.close();
    open = false;
  };
  return {
    name: "firefox",
    browser,
    origin,
    profileDir: folders.profileDir,
    downloadDir: folders.downloadDir,
    openExtensionPage,
    openPopup: () => openExtensionPage("/popup.html"),
    openApp: (route) => openExtensionPage(`/app.html#${route}`),
    openWebPage: async (url) => {
      const page = await browser.newPage();
      await page.goto(url);
      return page;
    },
    waitForPage: (urlPrefix) =>
      poll(`a page at ${urlPrefix}`, async () =>
        (await browser.pages()).find((page) => page.url().startsWith(urlPrefix)),
      ),
    chooseFromMenu: (choice) => chooseFromMenu(browser, choice),
    killWorker: async () => {
      throw new Error("Firefox has no service worker to kill");
    },
    killHost: async () => (await inFirefoxWindow(browser, endBackgroundPage, geckoId)) === true,
    kill: async () => {
      open = false;
      await killBrowser(browser);
    },
    close,
    dispose: async () => {
      await close();
      await folders.remove();
    },
  };
}

/** Opens the real menu with the right mouse button and chooses from it. */
async function chooseFromMenu(browser: Browser, { page, at, title }: MenuChoice): Promise<void> {
  await page.bringToFront();
  await page.click(at, { button: "right" });
  await poll(`"${title}" in the menu`, () => inFirefoxWindow(browser, activateMenuItem, title));
}

/** Runs in Firefox's window. */
function activateMenuItem(title = ""): boolean {
  const menu = document.getElementById("contentAreaContextMenu") as
    | (Element & { state: string; activateItem(item: Element): void })
    | null;
  if (menu?.state !== "open") return false;
  const item = [...menu.querySelectorAll("menuitem")].find((candidate) => candidate.getAttribute("label") === title);
  if (!item) return false;
  // Several entries of one extension lie in a menu of their own, which has to be open.
  const folder = item.closest("menu") as (Element & { open: boolean; openMenu(open: boolean): void }) | null;
  if (folder !== null && !folder.open) {
    folder.openMenu(true);
    return false;
  }
  menu.activateItem(item);
  return true;
}

/** Runs in Firefox's window. What Firefox itself calls when an event page was idle for long enough. */
async function endBackgroundPage(geckoId = ""): Promise<boolean> {
  const policies = (
    globalThis as unknown as {
      WebExtensionPolicy: {
        getByID(id: string): { extension: { terminateBackground(options: object): Promise<void> } } | null;
      };
    }
  ).WebExtensionPolicy;
  const policy = policies.getByID(geckoId);
  if (!policy) return false;
  await policy.extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true });
  return true;
}
