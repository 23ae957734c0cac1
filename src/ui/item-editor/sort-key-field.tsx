import { useId } from "preact/hooks";
import { t } from "../../platform/i18n.ts";
import type { WireError } from "../../shared/result.ts";
import { errorText } from "../error-text.ts";
import { utf8Length } from "../format/byte-size.ts";
import { count } from "../format/count.ts";

/** DynamoDB's limit for a sort key, in bytes of UTF-8. */
const longest = 1024;

interface SortKeyFieldProps {
  value: string;
  /** The key of an item that exists is part of what it is: it does not change. */
  readOnly: boolean;
  error: WireError | null;
  onInput: (value: string) => void;
}

export function SortKeyField({ value, readOnly, error, onInput }: SortKeyFieldProps) {
  const id = useId();
  const bytes = utf8Length(value);
  const wrong = bytes > longest || error !== null;
  return (
    <div class="field">
      <div class="field-head">
        <label for={id}>{t("sort_key")}</label>
        <span class={`small ${bytes > longest ? "bad" : "muted"}`}>
          {t("sort_key_bytes", count(bytes), count(longest))}
        </span>
      </div>
      <input
        id={id}
        class="input mono"
        type="text"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        value={value}
        readOnly={readOnly}
        aria-invalid={wrong}
        aria-describedby={`${id}-help`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <p id={`${id}-help`} class={error === null ? "small muted" : "small bad"}>
        {error !== null ? `${errorText(error).what} ${errorText(error).fix}` : readOnly ? "" : t("sort_key_help")}
      </p>
    </div>
  );
}
