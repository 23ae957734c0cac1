// @ts-check
import puppeteer from "puppeteer-core";

/** The host part of moz-extension:// URLs is random for each profile unless this preference fixes it. */
const FIREFOX_UUID = "6c1a2f0e-5d7b-4c39-9a54-0e8f1d2b3c4a";

const CHROMIUM_FLAGS = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
  "--no-default-browser-check",
];

const FIREFOX_PREFERENCES = {
  "browser.aboutwelcome.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  // A temporary add-on is uninstalled when Firefox closes; what it stored stays for the next start.
  "extensions.webextensions.keepStorageOnUninstall": true,
  "extensions.webextensions.keepUuidOnUninstall": true,
};

/**
 * @typedef {object} LaunchOptions
 * @property {string} executablePath
 * @property {boolean} headless
 * @property {string} userDataDir the browser's profile folder
 * @property {string} extension folder of the unpacked extension
 * @property {string[]} [args] more flags for the browser
 * @property {Record<string, unknown>} [preferences] Firefox only
 */

/**
 * @typedef {object} LaunchedBrowser
 * @property {import("puppeteer-core").Browser} browser
 * @property {string} origin `chrome-extension://…` or `moz-extension://…`, without a slash at the end
 */

/**
 * Chromium or Chrome with an unpacked extension. It is loaded over CDP, which reports what is wrong with a manifest and works in
 * branded Chrome too, where `--load-extension` is ignored.
 *
 * @param {LaunchOptions} options
 * @returns {Promise<LaunchedBrowser>}
 */
export async function launchChromiumWith({ executablePath, headless, userDataDir, extension, args = [] }) {
  const browser = await puppeteer.launch({
    executablePath,
    headless,
    userDataDir,
    pipe: true,
    enableExtensions: true,
    defaultViewport: null,
    ignoreDefaultArgs: ["--enable-automation"],
    args: [...CHROMIUM_FLAGS, ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), ...args],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  return { browser, origin: `chrome-extension://${await installInto(browser, extension)}` };
}

/**
 * Firefox with a temporary add-on.
 *
 * @param {LaunchOptions & { geckoId: string }} options `geckoId` as in the manifest
 * @returns {Promise<LaunchedBrowser>}
 */
export async function launchFirefoxWith(options) {
  const { executablePath, headless, userDataDir, extension, geckoId, args = [], preferences = {} } = options;
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath,
    headless,
    userDataDir,
    defaultViewport: null,
    // Without it the driver may not open moz-extension:// pages.
    args: ["--remote-allow-system-access", ...args],
    extraPrefsFirefox: {
      ...FIREFOX_PREFERENCES,
      "extensions.webextensions.uuids": JSON.stringify({ [geckoId]: FIREFOX_UUID }),
      ...preferences,
    },
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  await installInto(browser, extension);
  return { browser, origin: `moz-extension://${FIREFOX_UUID}` };
}

/** @param {import("puppeteer-core").Browser} browser @param {string} extension */
async function installInto(browser, extension) {
  try {
    return await browser.installExtension(extension);
  } catch (error) {
    await browser.close();
    throw new Error(
      `The browser refused the extension in ${extension}: ${error instanceof Error ? error.message : error}`,
    );
  }
}
