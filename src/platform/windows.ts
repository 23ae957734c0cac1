import { browser } from "./browser.ts";

/** A small window of the extension, in front. @param size CSS pixels @returns the browser's id of it */
export async function openWindow(path: string, size: { width: number; height: number }): Promise<number> {
  const opened = await browser.windows.create({
    url: browser.runtime.getURL(path),
    type: "popup",
    focused: true,
    ...size,
  });
  return opened.id ?? -1;
}

/** False when it is closed. */
export async function showWindow(id: number): Promise<boolean> {
  return await browser.windows.update(id, { focused: true }).then(
    () => true,
    () => false,
  );
}

export async function closeWindow(id: number): Promise<void> {
  await browser.windows.remove(id).catch(() => undefined);
}

/** Call synchronously at load. */
export function onWindowClosed(listener: (id: number) => void): void {
  browser.windows.onRemoved.addListener(listener);
}
