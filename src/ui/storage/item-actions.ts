import { call } from "../../messaging/client.ts";
import type { ItemRow } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { asHoldallError } from "../error-text.ts";
import { isReservedKey } from "../format/reserved-key.ts";
import { withoutRev } from "../item-json/without-rev.ts";
import type { RowAction } from "../row-list.tsx";
import { confirmed } from "../state/confirmation.ts";
import { hideRow, itemRowId, showRow } from "../state/hidden-rows.ts";
import type { Owner } from "../state/owner.ts";
import { showToast } from "../state/toasts.ts";
import { wholeRow } from "./whole-row.ts";

/**
 * Deletes the version that `row` shows; the toast brings it back. Holdall's own items cannot be written again by hand, so
 * there it is asked before. True when it was deleted.
 */
export async function deleteItem(owner: Owner, shown: ItemRow, onRestored?: (row: ItemRow) => void): Promise<boolean> {
  const { sortKey } = shown;
  const final = isReservedKey(sortKey);
  const ask = { title: t("item_delete_title", sortKey), text: t("item_delete_forever"), verb: t("item_delete_verb") };
  if (final && !(await confirmed(ask))) return false;
  const id = itemRowId(shown);
  hideRow(id);
  try {
    const row = await wholeRow(owner, shown);
    await call("items.delete", { profile: owner.profile, sortKey, basis: row.attributes });
    hideRow(id, performance.now());
    const undo = { label: t("undo"), run: () => void restoreItem(owner, row, id, onRestored) };
    showToast(t("deleted", sortKey), { action: final ? null : undo });
    return true;
  } catch (error) {
    showRow(id);
    showToast(t("not_deleted", sortKey), { error: asHoldallError(error) });
    return false;
  }
}

async function restoreItem(owner: Owner, row: ItemRow, id: string, onRestored?: (row: ItemRow) => void): Promise<void> {
  const { sortKey, attributes } = row;
  try {
    const restored = await call("items.save", { profile: owner.profile, sortKey, attributes, basis: null });
    showRow(id);
    onRestored?.(restored);
  } catch (error) {
    showToast(t("not_undone", sortKey), { error: asHoldallError(error) });
  }
}

/** Copies what the item holds, as DynamoDB JSON. */
async function copyItem(owner: Owner, shown: ItemRow): Promise<void> {
  try {
    const row = await wholeRow(owner, shown);
    await navigator.clipboard.writeText(JSON.stringify(withoutRev(row.attributes), null, 2));
    showToast(t("copied"));
  } catch (error) {
    showToast(t("not_copied", shown.sortKey), { error: asHoldallError(error) });
  }
}

export function itemActions(owner: Owner, row: ItemRow, onRestored?: (row: ItemRow) => void): RowAction[] {
  const remove = () => deleteItem(owner, row, onRestored);
  return [
    { label: t("copy"), name: t("copy_name", row.sortKey), icon: "copy", run: () => copyItem(owner, row) },
    { label: t("delete"), name: t("delete_name", row.sortKey), icon: "trash", danger: true, run: remove },
  ];
}
