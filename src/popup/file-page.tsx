import { useEffect, useRef } from "preact/hooks";
import type { FileRow } from "../messaging/view.ts";
import { t } from "../platform/i18n.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { FileName } from "../ui/file-name.tsx";
import { baseName } from "../ui/format/file-kind.ts";
import type { Owner } from "../ui/state/owner.ts";
import { FileDetails } from "../ui/storage/file-details.tsx";
import { leaveTo } from "./leave-to.ts";

interface FilePageProps {
  owner: Owner;
  row: FileRow;
  onClose: () => void;
}

/** One file in place of the list. */
export function FilePage({ owner, row, onClose }: FilePageProps) {
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus(), []);
  const folder = row.path.slice(0, row.path.length - baseName(row.path).length);
  return (
    <main class="page">
      <div class="page-head">
        <IconButton buttonRef={back} icon="arrow-left" label={t("back")} onClick={onClose} />
        <h1 class="clip">
          <FileName name={baseName(row.path)} />
        </h1>
      </div>
      <FileDetails owner={owner} row={row} onDeleted={onClose}>
        <Button
          icon="external"
          onClick={() => leaveTo(`/files/${folder.split("/").map(encodeURIComponent).join("/")}`)}
        >
          {t("show_in_app")}
        </Button>
      </FileDetails>
    </main>
  );
}
