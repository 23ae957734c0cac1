import type { CaptureRow } from "../../messaging/captures-view.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { WordsForm } from "../../ui/captures/words-form.tsx";
import type { Owner } from "../../ui/state/owner.ts";
import { CaptureFacts } from "./capture-facts.tsx";
import type { CaptureActions } from "./capture-menu.ts";
import { CapturePreview } from "./capture-preview.tsx";

interface CaptureDetailsProps {
  owner: Owner;
  row: CaptureRow;
  /** Tags in use, most used first. */
  known: string[];
  actions: CaptureActions;
  onChanged: (row: CaptureRow) => void;
}

/** A capture as a whole: how it looks, what the person says of it, what is known, what can be done. Give it a key per capture. */
export function CaptureDetails({ owner, row, known, actions, onChanged }: CaptureDetailsProps) {
  return (
    <div class="file-details capture-details">
      <CapturePreview owner={owner} row={row} />
      <div class="buttons">
        <Button icon="download" onClick={() => actions.save(row)}>
          {t("save")}
        </Button>
        <Button icon="folder" onClick={() => actions.move(row)}>
          {t("capture_move")}
        </Button>
        <Button kind="danger" icon="trash" onClick={() => actions.remove(row)}>
          {t("delete")}
        </Button>
      </div>
      <WordsForm
        owner={owner}
        id={row.id}
        tags={row.tags}
        note={row.note}
        known={known}
        onSaved={({ tags, note }) => onChanged({ ...row, tags, note })}
      />
      <CaptureFacts row={row} />
    </div>
  );
}
