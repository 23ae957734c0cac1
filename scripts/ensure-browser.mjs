// @ts-check
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./ensure-dependencies.mjs";
import { findBrowser } from "./find-browser.mjs";

/** @typedef {import("./find-browser.mjs").BrowserName} BrowserName */

const CACHE = join(ROOT, ".cache", "browsers");
const APT_PACKAGES = { chromium: ["chromium"], chrome: [], firefox: ["firefox-esr", "firefox"] };
const DOWNLOAD_PAGES = {
  chromium: "https://www.chromium.org/getting-involved/download-chromium/",
  chrome: "https://www.google.com/chrome/",
  firefox: "https://www.mozilla.org/firefox/",
};

/**
 * Finds a browser; else installs it with apt (Debian and Ubuntu, as root); else downloads the vendor's build into .cache.
 *
 * @param {BrowserName} name
 * @param {(line: string) => void} [log]
 * @returns {Promise<string>} path of the executable
 * @throws {Error} that says what to do when there is no way to a browser
 */
export async function ensureBrowser(name, log = (line) => process.stderr.write(`${line}\n`)) {
  const installed = findBrowser(name);
  if (installed.path !== null) return installed.path;
  const cached = await downloadedBrowser(name);
  if (cached) return cached;

  log(`No usable ${name} (${installed.reason}): installing one …`);
  if (installWithApt(name)) {
    const found = findBrowser(name);
    if (found.path !== null) return found.path;
  }
  try {
    return await download(name);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `There is no usable ${name} on this machine (${installed.reason}), and downloading one failed: ${why}. Install it (${DOWNLOAD_PAGES[name]}), or set ${name.toUpperCase()}_PATH to its executable, and run the command again.`,
    );
  }
}

/** @param {BrowserName} name @returns {boolean} whether a package was installed */
function installWithApt(name) {
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !isDebianLike()) return false;
  if (apt(["update", "-qq"]) !== 0) return false;
  return APT_PACKAGES[name].some(
    (pack) => !isSnapStub(pack) && apt(["install", "-y", "-qq", "--no-install-recommends", pack]) === 0,
  );
}

/** @param {string[]} args */
function apt(args) {
  return spawnSync("apt-get", args, {
    stdio: ["ignore", 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  }).status;
}

/** Ubuntu's packages of this name only install a snap, which containers and CI machines cannot run. @param {string} pack */
function isSnapStub(pack) {
  const { stdout } = spawnSync("apt-cache", ["show", "--no-all-versions", pack], { encoding: "utf8" });
  return !stdout || /^Version:.*snap/m.test(stdout);
}

function isDebianLike() {
  try {
    return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync("/etc/os-release", "utf8"));
  } catch {
    return false;
  }
}

/** Comes with puppeteer-core, which pins the version that fits it. @returns {Promise<typeof import("@puppeteer/browsers")>} */
async function vendorDownloads() {
  const requireFromPuppeteer = createRequire(createRequire(import.meta.url).resolve("puppeteer-core"));
  return import(pathToFileURL(requireFromPuppeteer.resolve("@puppeteer/browsers")).href);
}

/** @param {BrowserName} name */
const vendorName = (name) => (name === "firefox" ? "firefox" : "chrome");

/** @param {BrowserName} name @returns {Promise<string | null>} */
async function downloadedBrowser(name) {
  const { getInstalledBrowsers } = await vendorDownloads();
  const found = (await getInstalledBrowsers({ cacheDir: CACHE })).find(({ browser }) => browser === vendorName(name));
  return found?.executablePath ?? null;
}

/** @param {BrowserName} name @returns {Promise<string>} */
async function download(name) {
  const { Browser, detectBrowserPlatform, install, resolveBuildId } = await vendorDownloads();
  const platform = detectBrowserPlatform();
  if (!platform) throw new Error("the vendor offers no build for this platform");
  const browser = name === "firefox" ? Browser.FIREFOX : Browser.CHROME;
  const buildId = await resolveBuildId(browser, platform, "stable");
  const installDeps = process.platform === "linux" && process.getuid?.() === 0;
  return (await install({ browser, buildId, cacheDir: CACHE, installDeps })).executablePath;
}
