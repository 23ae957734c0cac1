import { call } from "../../messaging/client.ts";
import type { FileRow } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import type { WireError } from "../../shared/result.ts";
import { asHoldallError } from "../../ui/error-text.ts";
import { count } from "../../ui/format/count.ts";
import { confirmed } from "../../ui/state/confirmation.ts";
import { fileRowId, hideRow, showRow } from "../../ui/state/hidden-rows.ts";
import { isCurrent, type Owner } from "../../ui/state/owner.ts";
import { showToast } from "../../ui/state/toasts.ts";
import { deleteFile, isUnversioned, markUnversioned } from "../../ui/storage/file-actions.ts";
import { inTurns } from "./in-turns.ts";

interface Deleted {
  row: FileRow;
  deleteMarker: string;
}

/**
 * Deletes several objects; one Undo brings all of them back. Where the bucket keeps no versions it is asked first: the first
 * deletion tells, when it is not known yet.
 */
export async function deleteFiles(owner: Owner, rows: FileRow[]): Promise<void> {
  const [first, ...others] = rows;
  if (first === undefined) return;
  if (others.length === 0) return await deleteFile(owner, first);
  if ((await isUnversioned(owner)) && !(await allowed(rows.length))) return;
  for (const row of rows) hideRow(fileRowId(row));
  const gone: Deleted[] = [];
  const errors: WireError[] = [];
  const remove = (row: FileRow) => deleteOne(owner, row, gone).catch((error) => errors.push(asHoldallError(error)));
  const known = await isUnversioned(owner);
  await remove(first);
  if (!known && (await isUnversioned(owner)) && !(await allowed(others.length))) {
    for (const row of others) showRow(fileRowId(row));
    return;
  }
  await inTurns(others, remove);
  const undo = gone.length > 0 ? { label: t("undo"), run: () => void restore(owner, gone) } : null;
  const deleted = rows.length - errors.length;
  if (deleted > 0) showToast(t("files_deleted", count(deleted)), { action: undo });
  if (errors[0] !== undefined) showToast(t("files_not_deleted", count(errors.length)), { error: errors[0] });
}

function allowed(many: number): Promise<boolean> {
  const number = count(many);
  return confirmed({
    title: t("files_delete_title", number),
    text: t("file_delete_forever"),
    verb: t("files_delete_verb", number),
  });
}

async function deleteOne(owner: Owner, row: FileRow, gone: Deleted[]): Promise<void> {
  const id = fileRowId(row);
  try {
    if (!isCurrent(owner)) return;
    const { deleteMarker } = await call("files.delete", { profile: owner.profile, path: row.path, etag: row.etag });
    hideRow(id, performance.now());
    if (deleteMarker === null) await markUnversioned(owner);
    else gone.push({ row, deleteMarker });
  } catch (error) {
    showRow(id);
    throw error;
  }
}

async function restore(owner: Owner, gone: Deleted[]): Promise<void> {
  const errors: WireError[] = [];
  await inTurns(gone, async ({ row, deleteMarker }) => {
    try {
      await call("files.undelete", { profile: owner.profile, path: row.path, deleteMarker });
      showRow(fileRowId(row));
    } catch (error) {
      errors.push(asHoldallError(error));
    }
  });
  if (errors[0] !== undefined) showToast(t("files_not_undone", count(errors.length)), { error: errors[0] });
}
