import { browser } from "./browser.ts";

/** Opens the app at `route` (for example `/files`), in the tab that shows it already if there is one. */
export async function openApp(route: string): Promise<void> {
  const page = browser.runtime.getURL("/app.html");
  // Our own pages are visible to `tabs.query` without the tabs permission.
  const [open] = await browser.tabs.query({ url: `${page}*` });
  if (open?.id === undefined) {
    await browser.tabs.create({ url: `${page}#${route}` });
    return;
  }
  await browser.tabs.update(open.id, { active: true, url: `${page}#${route}` });
  if (open.windowId !== undefined) await browser.windows.update(open.windowId, { focused: true });
}

/** The address of a file of the extension. */
export function extensionUrl(path: string): string {
  return browser.runtime.getURL(path);
}
