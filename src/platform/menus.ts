import { browser } from "./browser.ts";

export type MenuContext = "image" | "video" | "audio" | "link" | "selection" | "page" | "frame";

export interface MenuItem {
  id: string;
  title: string;
  /** On what it appears; a folder on what its children do. */
  contexts: MenuContext[];
  /** Id of the folder it is in. */
  parent?: string;
}

export interface MenuClick {
  id: string;
  /** Of the image, video or sound that was clicked. */
  srcUrl: string | null;
  linkUrl: string | null;
  /** The browser's own plain text of the selection. */
  selection: string | null;
  page: { url: string; title: string };
  /** Address of the frame that was clicked; null for the page itself. */
  frameUrl: string | null;
  /** Null outside tabs. */
  tab: { id: number; frame: number } | null;
}

/** Puts these items, and no others, into the context menu. */
export async function setMenus(items: MenuItem[]): Promise<void> {
  await browser.contextMenus.removeAll();
  for (const { id, title, contexts, parent } of items) {
    browser.contextMenus.create({ id, title, contexts, ...(parent !== undefined && { parentId: parent }) });
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
      frameUrl: info.frameUrl ?? null,
      tab: id < 0 ? null : { id, frame: info.frameId ?? 0 },
    });
  });
}
