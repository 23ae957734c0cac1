import { browser } from "./browser.ts";

/** Address and title of what a tab shows; "" for what the browser keeps to itself. Within a click only (`activeTab`). */
export async function tabPage(tab: number): Promise<{ url: string; title: string }> {
  const { url = "", title = "" } = await browser.tabs.get(tab);
  return { url, title };
}

/** The tab in view of the window that this page belongs to; null when it has none. */
export async function currentTab(): Promise<{ id: number; url: string; title: string } | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  if (tab?.id === undefined) return null;
  return { id: tab.id, url: tab.url ?? "", title: tab.title ?? "" };
}

/** Closes the tab that this page is in, and its window when it is the only one there. A script may not close what it did not open. */
export async function closeOwnTab(): Promise<void> {
  const tab = await browser.tabs.getCurrent();
  if (tab?.id !== undefined) await browser.tabs.remove(tab.id);
}
