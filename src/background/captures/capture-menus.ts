/** The context menu: what can be captured where. */
import type { CaptureKind } from "../../messaging/captures-view.ts";
import { t } from "../../platform/i18n.ts";
import { type MenuItem, setMenus } from "../../platform/menus.ts";

/** Ids begin so: what follows is the kind. */
const prefix = "save-";

/** Menus outlive the background, so they are made once, when the extension or the browser starts anew. */
export async function installMenus(): Promise<void> {
  const pages = ["page", "frame"] as const;
  const items: MenuItem[] = [
    { id: idOf("image"), title: t("menu_save_image"), contexts: ["image"] },
    { id: idOf("video"), title: t("menu_save_video"), contexts: ["video"] },
    { id: idOf("audio"), title: t("menu_save_audio"), contexts: ["audio"] },
    { id: idOf("link"), title: t("menu_save_link"), contexts: ["link"] },
    { id: idOf("selection"), title: t("menu_save_selection"), contexts: ["selection"] },
    { id: idOf("page"), title: t("menu_save_page"), contexts: [...pages] },
    { id: idOf("screenshot"), title: t("menu_save_screenshot"), contexts: [...pages] },
    { id: idOf("page-screenshot"), title: t("menu_save_page_screenshot"), contexts: [...pages] },
    { id: idOf("bookmark"), title: t("menu_save_bookmark"), contexts: [...pages] },
  ];
  await setMenus(items);
}

const kinds: readonly CaptureKind[] = [
  ...(["image", "video", "audio", "link", "selection"] as const),
  ...(["page", "screenshot", "page-screenshot", "bookmark"] as const),
];

/** What an entry of the menu, or a keyboard shortcut, captures; null for another one. */
export function kindOf(id: string): CaptureKind | null {
  return kinds.find((kind) => idOf(kind) === id) ?? null;
}

function idOf(kind: CaptureKind): string {
  return prefix + kind;
}
