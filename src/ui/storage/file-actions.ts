import { call } from "../../messaging/client.ts";
import type { FileRow } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { sessionArea } from "../../platform/storage.ts";
import { asHoldallError } from "../error-text.ts";
import { baseName } from "../format/file-kind.ts";
import type { RowAction } from "../row-list.tsx";
import { confirmed } from "../state/confirmation.ts";
import { fileRowId, hideRow, showRow } from "../state/hidden-rows.ts";
import type { Owner } from "../state/owner.ts";
import { showToast } from "../state/toasts.ts";

/** Set once a deletion of this profile left no delete marker: from then on it is asked before, since nothing undoes it. */
const unversionedKey = (owner: Owner) => `unversioned/${owner.profile}`;

export async function isUnversioned(owner: Owner): Promise<boolean> {
  return (await sessionArea.get(unversionedKey(owner))) === true;
}

export async function markUnversioned(owner: Owner): Promise<void> {
  await sessionArea.set(unversionedKey(owner), true);
}

/** Saves an object, with `etag` that version of it, into the download folder; progress shows among the transfers. */
export async function saveFile(owner: Owner, row: Pick<FileRow, "path"> & { etag?: string }): Promise<void> {
  const version = row.etag === undefined ? {} : { etag: row.etag };
  try {
    await call("files.save", { profile: owner.profile, path: row.path, ...version });
  } catch (error) {
    showToast(t("file_not_saved", baseName(row.path)), { error: asHoldallError(error) });
  }
}

/** Deletes an object. With versions it can be undone, without it is asked first as soon as that is known. */
export async function deleteFile(owner: Owner, row: FileRow): Promise<void> {
  const name = baseName(row.path);
  if (await isUnversioned(owner)) {
    const ask = { title: t("file_delete_title", name), text: t("file_delete_forever"), verb: t("file_delete_verb") };
    if (!(await confirmed(ask))) return;
  }
  const id = fileRowId(row);
  hideRow(id);
  try {
    const { deleteMarker } = await call("files.delete", { profile: owner.profile, path: row.path, etag: row.etag });
    hideRow(id, performance.now());
    if (deleteMarker === null) {
      await markUnversioned(owner);
      showToast(t("file_deleted_forever", name));
      return;
    }
    const undo = () => undeleteFile(owner, row, deleteMarker);
    showToast(t("deleted", name), { action: { label: t("undo"), run: undo } });
  } catch (error) {
    showRow(id);
    showToast(t("not_deleted", name), { error: asHoldallError(error) });
  }
}

async function undeleteFile(owner: Owner, row: FileRow, deleteMarker: string): Promise<void> {
  try {
    await call("files.undelete", { profile: owner.profile, path: row.path, deleteMarker });
    showRow(fileRowId(row));
  } catch (error) {
    showToast(t("not_undone", baseName(row.path)), { error: asHoldallError(error) });
  }
}

export function fileActions(owner: Owner, row: FileRow): RowAction[] {
  const name = baseName(row.path);
  return [
    { label: t("save"), name: t("save_name", name), icon: "download", run: () => saveFile(owner, row) },
    {
      label: t("delete"),
      name: t("delete_name", name),
      icon: "trash",
      danger: true,
      run: () => deleteFile(owner, row),
    },
  ];
}
