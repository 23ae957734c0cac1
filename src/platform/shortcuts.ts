import { browser } from "./browser.ts";

export interface Shortcut {
  /** As the manifest names it. */
  name: string;
  page: { url: string; title: string };
  /** Null when there is no tab in view. */
  tab: { id: number; frame: number } | null;
}

/** Call synchronously at load. The listener runs in the key press, which counts as a click on the extension (`activeTab`). */
export function onShortcut(listener: (shortcut: Shortcut) => void): void {
  browser.commands.onCommand.addListener((name, tab) => {
    const id = tab?.id ?? -1;
    const page = { url: tab?.url ?? "", title: tab?.title ?? "" };
    listener({ name, page, tab: id < 0 ? null : { id, frame: 0 } });
  });
}
