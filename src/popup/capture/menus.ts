import { t } from "../../platform/i18n.ts";
import { openMenu } from "../../ui/menu.tsx";
import { canCapture } from "../page-tab.ts";
import { take } from "./taking.ts";

/** What else of the page can be saved. */
export function openSaveMenu(anchor: HTMLElement, profile: string): void {
  const shared = canCapture("bookmark");
  openMenu(anchor, t("save_page_more"), [
    { label: t("capture_kind_page"), icon: "globe", run: () => take(profile, "page") },
    { label: t("capture_kind_selection"), icon: "file-text", run: () => take(profile, "selection") },
    {
      label: t(shared ? "save_bookmark" : "bookmark_needs_web"),
      icon: "bookmark",
      disabled: !shared,
      run: () => take(profile, "bookmark"),
    },
  ]);
}

export function openScreenshotMenu(anchor: HTMLElement, profile: string): void {
  openMenu(anchor, t("screenshot_more"), [
    { label: t("screenshot_visible"), icon: "camera", run: () => take(profile, "screenshot") },
    { label: t("screenshot_whole"), icon: "file-image", run: () => take(profile, "page-screenshot") },
  ]);
}
