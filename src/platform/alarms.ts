import { browser } from "./browser.ts";

/** Rings once at `at` (milliseconds since the epoch; the browser waits at least 30 s), also if the background ended. */
export function setAlarm(name: string, at: number): void {
  browser.alarms.create(name, { when: at });
}

export function clearAlarm(name: string): void {
  void browser.alarms.clear(name);
}

/** Call synchronously at load. */
export function onAlarm(listener: (name: string) => void): void {
  browser.alarms.onAlarm.addListener(({ name }) => listener(name));
}
