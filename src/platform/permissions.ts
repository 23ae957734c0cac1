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

export async function holdsHosts(origins: string[]): Promise<boolean> {
  return await browser.permissions.contains({ origins });
}
