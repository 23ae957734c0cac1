import { t } from "../../platform/i18n.ts";
import { baseName } from "../../ui/format/file-kind.ts";
import type { RowAction, RowChecks, SortHeading } from "../../ui/row-list.tsx";
import { RowList } from "../../ui/row-list.tsx";
import type { Owner } from "../../ui/state/owner.ts";
import { fileActions } from "../../ui/storage/file-actions.ts";
import { fileCells, folderCells } from "../../ui/storage/file-cells.tsx";
import { goTo } from "../route.ts";
import { type FileEntry, pathOf } from "./file-entry.ts";
import { type FileColumn, type FileOrder, orderAfter } from "./file-order.ts";
import { saveArchive } from "./save-archive.ts";

interface FileListProps {
  owner: Owner;
  prefix: string;
  entries: FileEntry[];
  selected: string | null;
  checks: RowChecks<FileEntry>;
  order: FileOrder;
  onOrder: (order: FileOrder) => void;
  onDelete: (entry: FileEntry) => void;
}

/** Folders and files, in the order that a heading was pressed for. */
export function FileList({ owner, prefix, entries, selected, checks, order, onOrder, onDelete }: FileListProps) {
  const heading = (label: string, by: FileColumn): SortHeading => ({
    label,
    sorted: by !== order.by ? "none" : order.down ? "descending" : "ascending",
    onSort: () => onOrder(orderAfter(order, by)),
  });
  return (
    <RowList
      kind="files"
      columns={[
        heading(t("column_name"), "name"),
        heading(t("fact_size"), "size"),
        heading(t("fact_modified"), "modified"),
      ]}
      label={prefix === "" ? t("your_folder") : prefix}
      rows={entries}
      keyOf={pathOf}
      nameOf={(entry) => baseName(pathOf(entry))}
      selected={selected}
      checks={checks}
      cells={(entry) => ("folder" in entry ? folderCells(entry.folder) : fileCells(entry.file))}
      actions={(entry) =>
        "file" in entry
          ? fileActions(owner, entry.file)
          : folderActions(owner, prefix, entry.folder, () => onDelete(entry))
      }
      onOpen={(entry) =>
        "folder" in entry
          ? goTo({ page: "files", prefix: entry.folder, file: null })
          : goTo({ page: "files", prefix, file: entry.file.path })
      }
      onDelete={onDelete}
    />
  );
}

function folderActions(owner: Owner, prefix: string, folder: string, onDelete: () => void): RowAction[] {
  const name = baseName(folder);
  const save = () => void saveArchive(owner, prefix, [folder]);
  return [
    { label: t("save_zip"), name: t("save_zip_name", name), icon: "download", run: save },
    { label: t("delete"), name: t("delete_name", name), icon: "trash", danger: true, run: onDelete },
  ];
}
