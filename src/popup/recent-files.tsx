import type { FileRow } from "../messaging/view.ts";
import { t } from "../platform/i18n.ts";
import { FileName } from "../ui/file-name.tsx";
import { byteSize } from "../ui/format/byte-size.ts";
import { baseName, fileIcon } from "../ui/format/file-kind.ts";
import { Icon } from "../ui/icon.tsx";
import { RowList } from "../ui/row-list.tsx";
import type { Owner } from "../ui/state/owner.ts";
import { deleteFile, fileActions } from "../ui/storage/file-actions.ts";
import { Time } from "../ui/time.tsx";

interface RecentFilesProps {
  rows: FileRow[];
  owner: Owner;
  onOpen: (row: FileRow) => void;
}

export function RecentFiles({ rows, owner, onOpen }: RecentFilesProps) {
  return (
    <RowList
      label={t("recent_files")}
      rows={rows}
      keyOf={(row) => row.path}
      nameOf={(row) => baseName(row.path)}
      cells={(row) => [
        <>
          <Icon name={fileIcon(row.path)} />
          <FileName name={baseName(row.path)} />
        </>,
        byteSize(row.size),
        <Time key="time" at={row.modifiedAt} />,
      ]}
      actions={(row) => fileActions(owner, row)}
      onOpen={onOpen}
      onDelete={(row) => deleteFile(owner, row)}
    />
  );
}
