import { browser } from "./browser.ts";

export async function notify(id: string, text: { title: string; message: string }): Promise<void> {
  const iconUrl = browser.runtime.getURL("/icons/icon-128.png");
  await browser.notifications.create(id, { type: "basic", iconUrl, ...text });
}

/** Call synchronously at load. */
export function onNotificationClick(listener: (id: string) => void): void {
  browser.notifications.onClicked.addListener((id) => {
    void browser.notifications.clear(id);
    listener(id);
  });
}
