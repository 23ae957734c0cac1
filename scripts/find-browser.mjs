// @ts-check
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** @typedef {"chromium" | "chrome" | "firefox"} BrowserName */

/** Chromium first where any will do: it loads unpacked extensions in more ways than branded Chrome does. */
const EXECUTABLES = {
  chromium: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"],
  chrome: ["google-chrome", "google-chrome-stable", "chrome"],
  firefox: ["firefox", "firefox-esr", "firefox-devedition"],
};

const CHROME_PATHS = [
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

const USUAL_PATHS = {
  chromium: ["/Applications/Chromium.app/Contents/MacOS/Chromium", ...CHROME_PATHS],
  chrome: CHROME_PATHS,
  firefox: [
    "/Applications/Firefox.app/Contents/MacOS/firefox",
    "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
    "C:\\Program Files (x86)\\Mozilla Firefox\\firefox.exe",
  ],
};

/** Environment variables that name an executable and win over everything else. */
const OVERRIDES = { chromium: "CHROMIUM_PATH", chrome: "CHROME_PATH", firefox: "FIREFOX_PATH" };

/** As in manifest.json. */
export const MINIMUM_VERSIONS = { chromium: 148, chrome: 148, firefox: 140 };

/**
 * @param {BrowserName} name
 * @returns {{ path: string } | { path: null, reason: string }} an executable that is new enough, or why there is none
 */
export function findBrowser(name) {
  const override = process.env[OVERRIDES[name]];
  if (override) {
    const problem = problemWith(override, MINIMUM_VERSIONS[name]);
    if (!problem) return { path: override };
    throw new Error(`${OVERRIDES[name]} is set to ${override}, but ${problem}. Correct the variable or unset it.`);
  }
  const suffix = process.platform === "win32" ? ".exe" : "";
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const candidates = EXECUTABLES[name].flatMap((file) => folders.map((folder) => join(folder, file + suffix)));
  const problems = [];
  for (const path of [...candidates, ...USUAL_PATHS[name]]) {
    if (!isExecutable(path)) continue;
    const problem = problemWith(path, MINIMUM_VERSIONS[name]);
    if (!problem) return { path };
    problems.push(`${path}: ${problem}`);
  }
  return { path: null, reason: problems.join("; ") || "none is installed in the usual places" };
}

/**
 * Ubuntu's `chromium` package is a script that asks for a snap, so a file alone proves nothing.
 *
 * @param {string} path
 * @param {number} minimum major version
 * @returns {string | null}
 */
function problemWith(path, minimum) {
  if (!isExecutable(path)) return "it is no executable file";
  if (process.platform !== "linux") return null; // on Windows `--version` opens a window
  const { status, stdout } = spawnSync(path, ["--version"], {
    encoding: "utf8",
    timeout: 20_000,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const major = Number(/(\d+)\./.exec(stdout ?? "")?.[1]);
  if (status !== 0 || !major) return "it does not start";
  return major < minimum ? `its version is ${major}, and ${minimum} is the oldest that Holdall supports` : null;
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
