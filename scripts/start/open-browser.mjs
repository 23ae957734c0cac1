// @ts-check
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "../../build.mjs";
import { ensureBrowser } from "../ensure-browser.mjs";
import { ROOT } from "../ensure-dependencies.mjs";
import { launchChromiumWith, launchFirefoxWith } from "../launch-browser.mjs";

/**
 * Builds the extension for local use and opens a browser that has it, on the app's page.
 *
 * @param {object} options
 * @param {"chromium" | "chrome" | "firefox"} options.name
 * @param {boolean} options.headless
 * @param {string} options.data the browser's profile is kept in there
 * @param {object} options.profile the local AWS's profile
 */
export async function openBrowser({ name, headless, data, profile }) {
  if (!headless && process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    throw new Error("There is no display to open a window on. Add --headless, or run this in a desktop session.");
  }
  const executablePath = await ensureBrowser(name);
  const kind = name === "firefox" ? "firefox" : "chromium";
  const extension = join(ROOT, "dist", `local-${kind}`);
  await build({ browser: kind, outdir: extension, localProfiles: [profile] });

  const userDataDir = join(data, `browser-${name}`);
  await mkdir(userDataDir, { recursive: true });
  const options = { executablePath, headless, userDataDir, extension };
  const launched = await launch(kind, options);
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
