import { useId } from "preact/hooks";
import { t } from "../../platform/i18n.ts";
import { ErrorPanel } from "../error-panel.tsx";
import type { Owner } from "../state/owner.ts";
import { TagsField } from "./tags-field.tsx";
import { useWords } from "./use-words.ts";
import type { Words } from "./words-draft.ts";

/** As in the protocol (captures-protocol.ts). */
const longestNote = 10_000;

interface WordsFormProps extends Words {
  owner: Owner;
  id: string;
  /** Tags in use, most used first. */
  known: string[];
  onSaved?: (words: Words) => void;
}

/** Tags and note of a capture, stored or under way; saved by themselves. Give it a key per capture. */
export function WordsForm({ owner, id, tags, note, known, onSaved }: WordsFormProps) {
  const words = useWords({ owner, id, tags, note, onSaved });
  const noteId = useId();
  const { value, state, error } = words;
  return (
    <div class="words-form">
      <TagsField
        tags={value.value.tags}
        known={known}
        onChange={(next) => words.change({ ...words.value.peek(), tags: next })}
      />
      <div class="field">
        <div class="field-head">
          <label for={noteId}>{t("capture_note")}</label>
          <span class="small muted" role="status">
            {said(state.value)}
          </span>
        </div>
        <textarea
          id={noteId}
          class="input note"
          rows={2}
          maxLength={longestNote}
          value={value.value.note}
          onInput={(event) => words.change({ ...words.value.peek(), note: event.currentTarget.value })}
        />
      </div>
      {error.value && <ErrorPanel error={error.value} onRetry={() => void words.flush()} />}
    </div>
  );
}

function said(state: "idle" | "changed" | "saving" | "saved" | "failed"): string {
  if (state === "saved") return t("words_saved");
  if (state === "failed") return t("words_not_saved");
  return state === "idle" ? "" : t("words_saving");
}
