import type { CaptureRow } from "../../messaging/captures-view.ts";
import { call } from "../../messaging/client.ts";
import { t } from "../../platform/i18n.ts";
import { captureName } from "../../ui/captures/capture-name.ts";
import { asHoldallError } from "../../ui/error-text.ts";
import { confirmed } from "../../ui/state/confirmation.ts";
import { isCurrent, type Owner } from "../../ui/state/owner.ts";
import { showToast } from "../../ui/state/toasts.ts";
import { isUnversioned, markUnversioned } from "../../ui/storage/file-actions.ts";
import type { CapturePages } from "./capture-pages.ts";

interface RemoveContext {
  owner: Owner;
  pages: CapturePages;
  /** The row is out of sight. */
  onGone: () => void;
  renew: () => Promise<void>;
}

/** Deletes object and index item. With versions it can be undone, without it is asked first as soon as that is known. */
export async function removeCapture(row: CaptureRow, { owner, pages, onGone, renew }: RemoveContext): Promise<void> {
  const name = captureName(row);
  if (await isUnversioned(owner)) {
    const ask = { title: t("file_delete_title", name), text: t("file_delete_forever"), verb: t("capture_delete_verb") };
    if (!(await confirmed(ask))) return;
  }
  pages.hide(row.id);
  onGone();
  try {
    const { undo } = await call("captures.remove", { profile: owner.profile, id: row.id });
    void renew();
    if (undo === null) {
      await markUnversioned(owner);
      showToast(t("file_deleted_forever", name));
      return;
    }
    const run = () => void restoreCapture(row, undo, { owner, pages, renew });
    // Whoever signed in meanwhile has nothing to undo.
    if (isCurrent(owner)) showToast(t("deleted", name), { action: { label: t("undo"), run } });
  } catch (error) {
    pages.bringBack(row.id);
    showToast(t("not_deleted", name), { error: asHoldallError(error) });
  }
}

async function restoreCapture(
  row: CaptureRow,
  undo: string,
  { owner, pages, renew }: Omit<RemoveContext, "onGone">,
): Promise<void> {
  try {
    await call("captures.restore", { profile: owner.profile, undo });
    pages.bringBack(row.id);
    await renew();
  } catch (error) {
    showToast(t("not_undone", captureName(row)), { error: asHoldallError(error) });
  }
}
