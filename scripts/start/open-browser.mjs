// @ts-check
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "../../build.mjs";
import { ensureBrowser } from "../ensure-browser.mjs";
import { ROOT } from "../ensure-dependencies.mjs";
import { launchChromiumWith, launchFirefoxWith } from "../launch-browser.mjs";

/** @typedef {"chromium" | "chrome" | "firefox"} BrowserName */

/**
 * Finds or fetches the browser before anything else is started.
 *
 * @param {BrowserName} name
 * @param {boolean} headless
 * @returns {Promise<string>} path of the executable
 */
export async function prepareBrowser(name, headless) {
  if (!headless && process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    throw new Error("There is no display to open a window on. Add --headless, or run this in a desktop session.");
  }
  return ensureBrowser(name);
}

/**
 * Builds the extension for local use and opens a browser that has it, on the app's page.
 *
 * @param {object} options
 * @param {BrowserName} options.name
 * @param {string} options.executablePath
 * @param {boolean} options.headless
 * @param {string} options.data the browser's profile is kept in there
 * @param {object[]} options.profiles the local AWS's profiles, the active one first
 */
export async function openBrowser({ name, executablePath, headless, data, profiles }) {
  const kind = name === "firefox" ? "firefox" : "chromium";
  const extension = join(ROOT, "dist", `local-${kind}`);
  await build({ browser: kind, outdir: extension, localProfiles: profiles });

  const userDataDir = join(data, `browser-${name}`);
  await mkdir(userDataDir, { recursive: true });
  const launched = await launch(kind, { executablePath, headless, userDataDir, extension });
  const [page = await launched.browser.newPage()] = await launched.browser.pages();
  // Firefox loads the page and never says so.
  void page.goto(`${launched.origin}/app.html`).catch(() => {});
  return { ...launched, executablePath, extension, userDataDir };
}

/** @param {"chromium" | "firefox"} kind @param {import("../launch-browser.mjs").LaunchOptions} options */
async function launch(kind, options) {
  try {
    if (kind === "chromium") return await launchChromiumWith(options);
    const manifest = JSON.parse(await readFile(join(ROOT, "manifest.json"), "utf8"));
    return await launchFirefoxWith({ ...options, geckoId: manifest.browser_specific_settings.gecko.id });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${options.executablePath} did not start: ${why}\nIf another npm start uses ${options.userDataDir}, stop that one or give --data another folder.`,
    );
  }
}
