import type { FileRow } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { baseName } from "../../ui/format/file-kind.ts";
import { RowList } from "../../ui/row-list.tsx";
import type { Owner } from "../../ui/state/owner.ts";
import { deleteFile, fileActions } from "../../ui/storage/file-actions.ts";
import { fileCells, folderCells } from "../../ui/storage/file-cells.tsx";
import { goTo } from "../route.ts";

/** A folder's path ends with a slash. */
export type FileEntry = { folder: string } | { file: FileRow };

const pathOf = (entry: FileEntry) => ("folder" in entry ? entry.folder : entry.file.path);

interface FileListProps {
  owner: Owner;
  prefix: string;
  entries: FileEntry[];
  selected: string | null;
}

/** Folders first, then files, in the order of their keys. */
export function FileList({ owner, prefix, entries, selected }: FileListProps) {
  return (
    <RowList
      kind="files"
      columns={[t("column_name"), t("fact_size"), t("fact_modified")]}
      label={prefix === "" ? t("your_folder") : prefix}
      rows={entries}
      keyOf={pathOf}
      nameOf={(entry) => baseName(pathOf(entry))}
      selected={selected}
      cells={(entry) => ("folder" in entry ? folderCells(entry.folder) : fileCells(entry.file))}
      actions={(entry) => ("file" in entry ? fileActions(owner, entry.file) : [])}
      onOpen={(entry) =>
        "folder" in entry
          ? goTo({ page: "files", prefix: entry.folder, file: null })
          : goTo({ page: "files", prefix, file: entry.file.path })
      }
      onDelete={(entry) => {
        if ("file" in entry) void deleteFile(owner, entry.file);
      }}
    />
  );
}
