/** Messages and ports between the extension's own contexts. */
import type { Runtime } from "webextension-polyfill";
import { browser } from "./browser.ts";

export type Sender = Runtime.MessageSender;
export type Port = Runtime.Port;

export async function sendMessage(message: unknown): Promise<unknown> {
  return await browser.runtime.sendMessage(message);
}

/** The listener returns a promise of the answer, or undefined when the message is not for it. */
export function onMessage(listener: (message: unknown, sender: Sender) => Promise<unknown> | undefined): void {
  // The polyfill types want `true`, a promise or undefined: a promise it is, never sendResponse.
  browser.runtime.onMessage.addListener(
    (message: unknown, sender: Sender) => listener(message, sender) as Promise<unknown>,
  );
}

export function connect(name: string): Port {
  return browser.runtime.connect({ name });
}

/** True in a script whose extension was updated or removed under it: nothing of the browser's API works there any more. */
export function isOrphaned(): boolean {
  // Whoever is cut off has no id; Firefox ends such scripts itself.
  return browser.runtime?.id === undefined;
}

export function onConnect(listener: (port: Port) => void): void {
  browser.runtime.onConnect.addListener(listener);
}

/** The extension's page that sent this, for example `/popup.html`; null when it is not one of ours. */
export function ownPage(sender: Sender | undefined): string | null {
  if (sender === undefined || sender.id !== browser.runtime.id || sender.url === undefined) return null;
  const own = new URL(browser.runtime.getURL("/"));
  const url = URL.canParse(sender.url) ? new URL(sender.url) : null;
  // A `chrome-extension:` URL has the origin "null" in some engines: scheme and host are compared instead.
  return url !== null && url.protocol === own.protocol && url.host === own.host ? url.pathname : null;
}
