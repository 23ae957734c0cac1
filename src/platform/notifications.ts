import { browser } from "./browser.ts";

export interface NotificationText {
  title: string;
  message: string;
  /** At most two, in browsers that have them. */
  buttons?: string[];
}

export async function notify(id: string, { title, message, buttons = [] }: NotificationText): Promise<void> {
  const iconUrl = browser.runtime.getURL("/icons/icon-128.png");
  // Firefox refuses the field itself.
  const more = buttons.length === 0 ? {} : { buttons: buttons.map((text) => ({ title: text })) };
  await browser.notifications.create(id, { type: "basic", iconUrl, title, message, ...more });
}

/** Call synchronously at load. @param listener `button`: which one was pressed; null for the notification itself */
export function onNotificationClick(listener: (id: string, button: number | null) => void): void {
  const told = (id: string, button: number | null) => {
    void browser.notifications.clear(id);
    listener(id, button);
  };
  browser.notifications.onClicked.addListener((id) => told(id, null));
  browser.notifications.onButtonClicked.addListener((id, button) => told(id, button));
}
