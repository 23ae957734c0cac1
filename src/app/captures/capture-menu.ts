import type { CaptureRow } from "../../messaging/captures-view.ts";
import { t } from "../../platform/i18n.ts";
import { webLink } from "../../ui/captures/web-link.ts";
import { asHoldallError } from "../../ui/error-text.ts";
import type { MenuItem } from "../../ui/menu.tsx";
import { showToast } from "../../ui/state/toasts.ts";

/** What can be done with a capture. */
export interface CaptureActions {
  open: (row: CaptureRow) => void;
  save: (row: CaptureRow) => void;
  move: (row: CaptureRow) => void;
  remove: (row: CaptureRow) => void;
}

export function captureMenu(row: CaptureRow, actions: CaptureActions): MenuItem[] {
  const page = webLink(row.page);
  const items: MenuItem[] = [
    { label: t("capture_open"), icon: "file", run: () => actions.open(row) },
    { label: t("save"), icon: "download", run: () => actions.save(row) },
    { label: t("capture_move"), icon: "folder", run: () => actions.move(row) },
    { label: t("capture_copy_address"), icon: "copy", run: () => void copyText(row.url) },
  ];
  if (page !== null) {
    const run = () => void window.open(page, "_blank", "noopener,noreferrer");
    items.push({ label: t("capture_open_page"), icon: "external", run });
  }
  items.push({ label: t("delete"), icon: "trash", danger: true, run: () => actions.remove(row) });
  return items;
}

export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    showToast(t("copied"));
  } catch (error) {
    showToast(t("not_copied", text), { error: asHoldallError(error) });
  }
}
