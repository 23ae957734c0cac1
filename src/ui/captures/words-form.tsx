import { ErrorPanel } from "../error-panel.tsx";
import type { Owner } from "../state/owner.ts";
import { useWords } from "./use-words.ts";
import type { Words } from "./words-draft.ts";
import { WordsFields } from "./words-fields.tsx";
import { wordsStatus } from "./words-status.ts";

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
  const { value, state, error } = words;
  return (
    <div class="words-form">
      <WordsFields words={value.value} known={known} status={wordsStatus(state.value)} onChange={words.change} />
      {error.value && <ErrorPanel error={error.value} onRetry={() => void words.flush()} />}
    </div>
  );
}
