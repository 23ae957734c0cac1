import { browser } from "./browser.ts";

export interface MenuItem {
  id: string;
  title: string;
  /** On what it appears, for example `image`. */
  contexts: ["image"];
}

export interface MenuClick {
  id: string;
  srcUrl: string | null;
  pageUrl: string;
  /** Title of the tab; "" when the browser does not tell. */
  title: string;
}

/** Puts these items, and no others, into the context menu. */
export async function setMenus(items: MenuItem[]): Promise<void> {
  await browser.contextMenus.removeAll();
  for (const { id, title, contexts } of items) {
    browser.contextMenus.create({ id, title, contexts });
  }
}

/** Call synchronously at load. The listener runs in the click: the only moment when a permission may be asked for. */
export function onMenuClick(listener: (click: MenuClick) => void): void {
  browser.contextMenus.onClicked.addListener((info, tab) => {
    listener({
      id: String(info.menuItemId),
      srcUrl: info.srcUrl ?? null,
      pageUrl: info.pageUrl ?? "",
      title: tab?.title ?? "",
    });
  });
}
