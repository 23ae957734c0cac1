import { call } from "../../messaging/client.ts";
import type { ItemRow } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { asHoldallError } from "../error-text.ts";
import { withoutRev } from "../item-json/without-rev.ts";
import type { RowAction } from "../row-list.tsx";
import { hideRow, itemRowId, showRow } from "../state/hidden-rows.ts";
import type { Owner } from "../state/owner.ts";
import { showToast } from "../state/toasts.ts";
import { wholeRow } from "./whole-row.ts";

/** Deletes the version that `row` shows; the toast brings it back. True when it was deleted. */
export async function deleteItem(owner: Owner, shown: ItemRow, onRestored?: (row: ItemRow) => void): Promise<boolean> {
  const id = itemRowId(shown);
  hideRow(id);
  try {
    const row = await wholeRow(owner, shown);
    await call("items.delete", { profile: owner.profile, sortKey: row.sortKey, basis: row.attributes });
    const undo = () => restoreItem(owner, row, id, onRestored);
    showToast(t("deleted", row.sortKey), { action: { label: t("undo"), run: undo } });
    return true;
  } catch (error) {
    showRow(id);
    showToast(t("not_deleted", shown.sortKey), { error: asHoldallError(error) });
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
  const row = await wholeRow(owner, shown);
  await navigator.clipboard.writeText(JSON.stringify(withoutRev(row.attributes), null, 2));
  showToast(t("copied"));
}

export function itemActions(owner: Owner, row: ItemRow, onRestored?: (row: ItemRow) => void): RowAction[] {
  const remove = () => deleteItem(owner, row, onRestored);
  return [
    { label: t("copy"), name: t("copy_name", row.sortKey), icon: "copy", run: () => copyItem(owner, row) },
    { label: t("delete"), name: t("delete_name", row.sortKey), icon: "trash", danger: true, run: remove },
  ];
}
