/** What the person does with the machine, for locking by itself. */
import { browser } from "./browser.ts";

/** `locked`: the screen is; Firefox never tells it (its ext-idle.js knows `active` and `idle` alone). */
export type IdleState = "active" | "idle" | "locked";

/** Call synchronously at load. */
export function onIdleState(listener: (state: IdleState) => void): void {
  browser.idle.onStateChanged.addListener((state) => listener(state));
}

/** The state now, where `idle` means that nobody has touched the machine for so many seconds. */
export async function idleState(seconds: number): Promise<IdleState> {
  return await browser.idle.queryState(seconds);
}

/** @param seconds without input until the state is `idle`; the browser takes no less than 15 */
export function setIdleInterval(seconds: number): void {
  browser.idle.setDetectionInterval(seconds);
}

/** False in Firefox, which is known by a function that no other browser has. */
export function tellsScreenLock(): boolean {
  return !("getBrowserInfo" in browser.runtime);
}
