import { useId } from "preact/hooks";
import type { ItemRow } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../button.tsx";
import { type Notation, toText } from "../item-json/item-text.ts";
import { whyNotPlain } from "../item-json/plain-json.ts";
import { withoutRev } from "../item-json/without-rev.ts";

interface ConflictViewProps {
  /** Null when the item was deleted meanwhile. */
  theirs: ItemRow | null;
  mine: string;
  notation: Notation;
  pending: boolean;
  onEdit: (text: string) => void;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}

/** Both versions side by side; mine can still be edited, so that the two can be brought together by hand. */
export function ConflictView({ theirs, mine, notation, pending, onEdit, onKeepMine, onTakeTheirs }: ConflictViewProps) {
  const mineId = useId();
  const theirsId = useId();
  return (
    <div class="conflict">
      <p class="notice warn" role="alert">
        {t(theirs === null ? "conflict_deleted" : "conflict_changed")}
      </p>
      <div class="conflict-sides">
        <div class="field grow">
          <label for={mineId}>{t("conflict_mine")}</label>
          <textarea
            id={mineId}
            class="code"
            spellcheck={false}
            value={mine}
            onInput={(event) => onEdit(event.currentTarget.value)}
          />
        </div>
        {theirs !== null && (
          <div class="field grow">
            <label for={theirsId}>{t("conflict_theirs")}</label>
            <textarea id={theirsId} class="code" readOnly value={textOf(theirs, notation)} />
          </div>
        )}
      </div>
      <div class="buttons">
        <Button kind="primary" busy={pending} onClick={onKeepMine}>
          {t(theirs === null ? "conflict_save_again" : "conflict_keep_mine")}
        </Button>
        {theirs !== null && <Button onClick={onTakeTheirs}>{t("conflict_take_theirs")}</Button>}
      </div>
    </div>
  );
}

/** In the notation of the other side where that loses nothing, so that the eye can compare. */
function textOf({ attributes }: ItemRow, notation: Notation): string {
  return toText(
    attributes,
    notation === "plain" && whyNotPlain(withoutRev(attributes)) !== null ? "dynamodb" : notation,
  );
}
