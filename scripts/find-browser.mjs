// @ts-check
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";

/** @typedef {"chromium" | "chrome" | "firefox"} BrowserName */

/** Chromium first where any will do: branded Chrome is harder to load unpacked extensions into. */
const EXECUTABLES = {
  chromium: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"],
  chrome: ["google-chrome", "google-chrome-stable", "chrome"],
  firefox: ["firefox", "firefox-esr", "firefox-devedition"],
};

const USUAL_PATHS = {
  chromium: [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  ],
  chrome: [
    "/opt/google/chrome/chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  ],
  firefox: [
    "/Applications/Firefox.app/Contents/MacOS/firefox",
    "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
    "C:\\Program Files (x86)\\Mozilla Firefox\\firefox.exe",
  ],
};

/** Environment variables that name an executable and win over everything else. */
export const OVERRIDES = { chromium: "CHROMIUM_PATH", chrome: "CHROME_PATH", firefox: "FIREFOX_PATH" };

/**
 * @param {BrowserName} name
 * @returns {Promise<string | null>} path of an installed executable
 * @throws {Error} when the override variable names a file that cannot be run
 */
export async function findBrowser(name) {
  const override = process.env[OVERRIDES[name]];
  if (override) {
    if (await isExecutable(override)) return override;
    throw new Error(`${OVERRIDES[name]} is set to ${override}, which is no executable file.`);
  }
  const extension = process.platform === "win32" ? ".exe" : "";
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const candidates = EXECUTABLES[name].flatMap((file) => folders.map((folder) => join(folder, file + extension)));
  for (const path of [...candidates, ...USUAL_PATHS[name]]) {
    if (await isExecutable(path)) return path;
  }
  return null;
}

/** @param {string} path */
async function isExecutable(path) {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
