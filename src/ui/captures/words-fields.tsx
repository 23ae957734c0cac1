import { useId } from "preact/hooks";
import { t } from "../../platform/i18n.ts";
import { TagsField } from "./tags-field.tsx";
import type { Words } from "./words-draft.ts";

/** As in the protocol (captures-protocol.ts). */
const longestNote = 10_000;

interface WordsFieldsProps {
  words: Words;
  onChange: (words: Words) => void;
  /** Tags in use, most used first. */
  known: string[];
  /** Whether what is typed is written already, in a word. */
  status: string;
  /** Enter where nothing is half typed; Shift and Enter is then a new line of the note. */
  onEnter?: () => void;
}

/** Fields for tags and note. */
export function WordsFields({ words, onChange, known, status, onEnter }: WordsFieldsProps) {
  const noteId = useId();
  return (
    <>
      <TagsField tags={words.tags} known={known} onChange={(tags) => onChange({ ...words, tags })} onEnter={onEnter} />
      <div class="field">
        <div class="field-head">
          <label for={noteId}>{t("capture_note")}</label>
          <span class="small muted" role="status">
            {status}
          </span>
        </div>
        <textarea
          id={noteId}
          class="input note"
          rows={2}
          maxLength={longestNote}
          value={words.note}
          onInput={(event) => onChange({ ...words, note: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (onEnter === undefined || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            onEnter();
          }}
        />
      </div>
    </>
  );
}
