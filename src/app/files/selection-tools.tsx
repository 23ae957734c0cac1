import { t } from "../../platform/i18n.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import type { Owner } from "../../ui/state/owner.ts";
import { saveFile } from "../../ui/storage/file-actions.ts";
import { countsOf } from "./deletion/deletion-words.ts";
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
  const [only] = chosen.length === 1 ? files : [];
  return (
    <>
      <span class="selected-count" role="status">
        {t("n_selected", countsOf(chosen))}
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
      <Button kind="danger" icon="trash" onClick={onDelete}>
        {t("delete_name", countsOf(chosen))}
      </Button>
      <IconButton icon="x" label={t("selection_clear")} onClick={onClear} />
    </>
  );
}
