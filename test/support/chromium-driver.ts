import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page, Target, WebWorker } from "puppeteer-core";
import { ensureBrowser } from "../../scripts/ensure-browser.mjs";
import { launchChromiumWith } from "../../scripts/launch-browser.mjs";
import { makeBrowserFolders } from "./browser-folders.ts";
import type { ExtensionBrowser, LaunchExtensionOptions, MenuChoice } from "./extension-browser.ts";
import { killBrowser } from "./kill-browser.ts";
import { poll } from "./poll.ts";

export async function launchChromium(options: LaunchExtensionOptions): Promise<ExtensionBrowser> {
  const folders = await makeBrowserFolders(options);
  await setDownloadFolder(folders.profileDir, folders.downloadDir);
  const rules = (options.hosts ?? []).map((host) => `MAP ${host} 127.0.0.1`).join(",");
  const { browser, origin } = await launchChromiumWith({
    executablePath: await ensureBrowser("chromium"),
    headless: options.headless ?? true,
    userDataDir: folders.profileDir,
    extension: options.extension,
    args: [
      ...(rules ? [`--host-resolver-rules=${rules}`] : []),
      ...(options.headless === false ? ["--window-position=0,0", "--window-size=1270,860"] : []),
      ...(options.dark ? ["--force-dark-mode"] : []),
    ],
  });

  const openExtensionPage = async (path: string): Promise<Page> => {
    const page = await browser.newPage();
    await page.goto(`${origin}${path}`);
    return page;
  };
  let open = true;
  const close = async () => {
    if (open) await browser.close();
    open = false;
  };
  return {
    name: "chromium",
    browser,
    origin,
    profileDir: folders.profileDir,
    downloadDir: folders.downloadDir,
    openExtensionPage,
    openPopup: () => openPopup(browser, origin),
    openApp: (route) => openExtensionPage(`/app.html#${route}`),
    openWebPage: async (url) => {
      const page = await browser.newPage();
      await page.goto(url);
      return page;
    },
    waitForPage: async (urlPrefix) => {
      const target = await browser.waitForTarget((candidate) => candidate.url().startsWith(urlPrefix), {
        timeout: 15_000,
      });
      return target.asPage();
    },
    chooseFromMenu: (choice) => chooseFromMenu(browser, origin, choice),
    killWorker: () => killWorker(browser, origin),
    killHost: () => killHost(browser, origin),
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

async function setDownloadFolder(profileDir: string, downloadDir: string): Promise<void> {
  const preferences = { download: { default_directory: downloadDir, prompt_for_download: false } };
  await mkdir(join(profileDir, "Default"), { recursive: true });
  const file = join(profileDir, "Default", "Preferences");
  // A profile that was used before has its own preferences: they stay as they are.
  await writeFile(file, JSON.stringify(preferences), { flag: "wx" }).catch(() => {});
}

const isWorker = (target: Target, origin: string) =>
  target.type() === "service_worker" && target.url().startsWith(origin);

async function workerTarget(browser: Browser, origin: string): Promise<Target> {
  if (!browser.targets().some((target) => isWorker(target, origin))) await wakeWorker(browser, origin);
  return browser.waitForTarget((candidate) => isWorker(candidate, origin), { timeout: 15_000 });
}

async function worker(browser: Browser, origin: string): Promise<WebWorker> {
  const found = await (await workerTarget(browser, origin)).worker();
  if (!found) throw new Error("The service worker went away");
  return found;
}

/** A worker that sleeps is no target. Any message wakes it; manifest.json is a page that runs nothing of the extension's own. */
async function wakeWorker(browser: Browser, origin: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(`${origin}/manifest.json`);
  await page.evaluate(() => chrome.runtime.sendMessage({ kind: "wake" }).catch(() => {}));
  await page.close();
}

async function openPopup(browser: Browser, origin: string): Promise<Page> {
  const known = new Set(browser.targets());
  await (await worker(browser, origin)).evaluate(() => chrome.action.openPopup());
  const target = await browser.waitForTarget(
    (candidate) => !known.has(candidate) && candidate.url().startsWith(`${origin}/popup.html`),
    { timeout: 15_000 },
  );
  return target.asPage();
}

/** An open page may wake the next one at once, so what is waited for is the end of this one. */
async function killWorker(browser: Browser, origin: string): Promise<void> {
  const target = await workerTarget(browser, origin);
  // A worker that is just starting or going to sleep does not hear it: said again until it is gone.
  await poll("the service worker's end", async () => {
    await target
      .worker()
      .then((found) => found?.close())
      .catch(() => {});
    return !browser.targets().includes(target);
  });
}

/** Asked of the browser itself: the driver never learns the address of an offscreen document. */
async function killHost(browser: Browser, origin: string): Promise<boolean> {
  const session = await browser.target().createCDPSession();
  try {
    const hosts = async () =>
      (await session.send("Target.getTargets")).targetInfos.filter(({ url }) => url === `${origin}/offscreen.html`);
    const [host] = await hosts();
    if (!host) return false;
    await session.send("Target.closeTarget", { targetId: host.targetId });
    await poll("the host's end", async () => !(await hosts()).some(({ targetId }) => targetId === host.targetId));
    return true;
  } finally {
    await session.detach();
  }
}

/** Native menus are out of every driver's reach, so the event is dispatched as the browser would, in the worker. */
async function chooseFromMenu(browser: Browser, origin: string, { page, at, menuItemId }: MenuChoice): Promise<void> {
  const info = await page.$eval(at, (element) => ({
    ...(element instanceof HTMLImageElement && { srcUrl: element.currentSrc, mediaType: "image" }),
    ...(element instanceof HTMLVideoElement && { srcUrl: element.currentSrc, mediaType: "video" }),
    ...(element instanceof HTMLAudioElement && { srcUrl: element.currentSrc, mediaType: "audio" }),
    ...(element instanceof HTMLAnchorElement && { linkUrl: element.href }),
    ...(String(getSelection()) !== "" && { selectionText: String(getSelection()) }),
  }));
  await page.bringToFront();
  await (await worker(browser, origin)).evaluate(
    async (click: { pageUrl: string }) => {
      const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
      const event = chrome.contextMenus.onClicked as unknown as {
        dispatch(info: object, tab: object | undefined): void;
      };
      event.dispatch({ editable: false, frameId: 0, ...click }, tab && { ...tab, url: click.pageUrl });
    },
    { ...info, menuItemId, pageUrl: page.url() },
  );
}
