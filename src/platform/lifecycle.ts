import { browser } from "./browser.ts";

/** Call synchronously at load. `fresh` is false for an update of the extension or of the browser. */
export function onInstalled(listener: (fresh: boolean) => void): void {
  browser.runtime.onInstalled.addListener(({ reason }) => listener(reason === "install"));
}

/** The browser started. Call synchronously at load. */
export function onStartup(listener: () => void): void {
  browser.runtime.onStartup.addListener(listener);
}

/** Any function of the extension API: what resets the clock of Firefox's event page. */
export function touch(): void {
  void browser.runtime.getPlatformInfo();
}
