import type { Permissions } from "webextension-polyfill";
import { isLoopback } from "../shared/loopback.ts";
import { browser } from "./browser.ts";

/**
 * Asks for hosts. Must be called synchronously in the click: an `await` before it loses the gesture.
 * True when all are held afterwards.
 */
export async function requestHosts(origins: string[]): Promise<boolean> {
  try {
    return await browser.permissions.request({ origins });
  } catch {
    // No gesture, or the browser shows no prompt here: what counts is what is held.
    return await holdsHosts(origins);
  }
}

/**
 * What to ask for when `host` (as in `permission-needed`) may not be reached. Not `*://`, which both browsers refuse: it lies
 * within neither of the manifest's two optional patterns. Only this machine is spoken to without TLS.
 */
export function patternsOf(host: string): string[] {
  // A source that is captured may lie at an `http:` address: then `host` begins with it. Match patterns have no port.
  const insecure = host.startsWith("http://");
  const name = host.replace(/^http:\/\//, "").replace(/:\d+$/, "");
  const schemes = insecure ? ["http"] : isLoopback(name) ? ["http", "https"] : ["https"];
  return schemes.map((scheme) => `${scheme}://${name}/*`);
}

/** Firefox has no such permission, so the types have none either. */
const pageCapture = { permissions: ["pageCapture"] } as unknown as Permissions.Permissions;

/**
 * Asks for what Chromium's own page format needs (MHTML). Synchronously in the click, as above; false where the browser has no
 * such permission, as Firefox.
 */
export async function requestPageCapture(): Promise<boolean> {
  try {
    return await browser.permissions.request(pageCapture);
  } catch {
    return await holdsPageCapture();
  }
}

/** Has this browser such a permission at all? The build names it in the manifest of those that have. */
export function knowsPageCapture(): boolean {
  return (browser.runtime.getManifest().optional_permissions as string[] | undefined)?.includes("pageCapture") ?? false;
}

export async function holdsPageCapture(): Promise<boolean> {
  // Firefox knows no such name and throws, before there is a promise.
  return knowsPageCapture() && (await browser.permissions.contains(pageCapture));
}

/** Somebody allowed hosts, here or in the browser's settings. Call synchronously at load. */
export function onHostsAdded(listener: () => void): void {
  browser.permissions.onAdded.addListener(() => listener());
}

/** Somebody took hosts away, here or in the browser's settings. Call synchronously at load. */
export function onHostsRemoved(listener: () => void): void {
  browser.permissions.onRemoved.addListener(() => listener());
}

/** Gives hosts back. Those that the manifest itself names stay, and no error says so. */
export async function dropHosts(origins: string[]): Promise<void> {
  await browser.permissions.remove({ origins }).catch(() => false);
}

export async function holdsHosts(origins: string[]): Promise<boolean> {
  return await browser.permissions.contains({ origins });
}
