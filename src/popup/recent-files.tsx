import type { FileRow } from "../messaging/view.ts";
import { t } from "../platform/i18n.ts";
import { baseName } from "../ui/format/file-kind.ts";
import { RowList } from "../ui/row-list.tsx";
import type { Owner } from "../ui/state/owner.ts";
import { deleteFile, fileActions } from "../ui/storage/file-actions.ts";
import { fileCells } from "../ui/storage/file-cells.tsx";

interface RecentFilesProps {
  rows: FileRow[];
  owner: Owner;
  onOpen: (row: FileRow) => void;
}

export function RecentFiles({ rows, owner, onOpen }: RecentFilesProps) {
  return (
    <RowList
      kind="files"
      label={t("recent_files")}
      rows={rows}
      keyOf={(row) => row.path}
      nameOf={(row) => baseName(row.path)}
      cells={fileCells}
      actions={(row) => fileActions(owner, row)}
      onOpen={onOpen}
      onDelete={(row) => deleteFile(owner, row)}
    />
  );
}
