import { browser } from "./browser.ts";

export type MenuContext = "image" | "video" | "audio" | "link" | "selection" | "page" | "frame";

export interface MenuItem {
  id: string;
  title: string;
  /** On what it appears. */
  contexts: MenuContext[];
}

export interface MenuClick {
  id: string;
  /** Of the image, video or sound that was clicked. */
  srcUrl: string | null;
  linkUrl: string | null;
  /** The browser's own plain text of the selection. */
  selection: string | null;
  page: { url: string; title: string };
  /** Null outside tabs. */
  tab: { id: number; frame: number } | null;
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
    const id = tab?.id ?? -1;
    listener({
      id: String(info.menuItemId),
      srcUrl: info.srcUrl ?? null,
      linkUrl: info.linkUrl ?? null,
      selection: info.selectionText ?? null,
      page: { url: info.pageUrl ?? tab?.url ?? "", title: tab?.title ?? "" },
      tab: id < 0 ? null : { id, frame: info.frameId ?? 0 },
    });
  });
}
