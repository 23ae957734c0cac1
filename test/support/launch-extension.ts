import { launchChromium } from "./chromium-driver.ts";
import type { BrowserName, ExtensionBrowser, LaunchExtensionOptions } from "./extension-browser.ts";
import { launchFirefox } from "./firefox-driver.ts";

export const BROWSER_NAMES: BrowserName[] = ["chromium", "firefox"];

export function launchExtension(name: BrowserName, options: LaunchExtensionOptions): Promise<ExtensionBrowser> {
  return name === "chromium" ? launchChromium(options) : launchFirefox(options);
}
