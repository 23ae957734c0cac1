import { t } from "../../platform/i18n.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { count } from "../../ui/format/count.ts";
import type { Owner } from "../../ui/state/owner.ts";
import { saveFile } from "../../ui/storage/file-actions.ts";
import { type FileEntry, filesOf, pathOf } from "./file-entry.ts";
import { saveArchive } from "./save-archive.ts";

interface SelectionToolsProps {
  owner: Owner;
  prefix: string;
  chosen: FileEntry[];
  onDelete: () => void;
  onClear: () => void;
}

/** What can be done with the chosen rows, in the place of the folder's own tools. */
export function SelectionTools({ owner, prefix, chosen, onDelete, onClear }: SelectionToolsProps) {
  const files = filesOf(chosen);
  const folders = chosen.length - files.length;
  const [only] = chosen.length === 1 ? files : [];
  return (
    <>
      <span class="selected-count" role="status">
        {t("n_selected", countsOf(files.length, folders))}
        {folders > 0 && <span class="small muted">{t("folders_stay")}</span>}
      </span>
      {only ? (
        <Button icon="download" onClick={() => saveFile(owner, only)}>
          {t("save")}
        </Button>
      ) : (
        <Button icon="download" onClick={() => saveArchive(owner, prefix, chosen.map(pathOf))}>
          {t("save_zip")}
        </Button>
      )}
      {files.length > 0 && (
        <Button kind="danger" icon="trash" onClick={onDelete}>
          {files.length === 1 ? t("file_delete_verb") : t("files_delete_verb", count(files.length))}
        </Button>
      )}
      <IconButton icon="x" label={t("selection_clear")} onClick={onClear} />
    </>
  );
}

/** `2 files, 1 folder`. */
function countsOf(files: number, folders: number): string {
  const parts = [
    files === 1 ? t("one_file") : files > 1 && t("n_files", count(files)),
    folders === 1 ? t("one_folder") : folders > 1 && t("n_folders", count(folders)),
  ];
  return parts.filter((part) => part !== false).join(", ");
}
