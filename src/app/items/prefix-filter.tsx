import { useRef } from "preact/hooks";
import { t } from "../../platform/i18n.ts";

/** Keeps the list to sort keys that begin with what is typed; DynamoDB does the looking. */
export function PrefixFilter({ onChange }: { onChange: (prefix: string) => void }) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  return (
    <input
      class="input search"
      type="search"
      autocomplete="off"
      spellcheck={false}
      aria-label={t("prefix_filter")}
      placeholder={t("prefix_filter")}
      onInput={(event) => {
        const { value } = event.currentTarget;
        clearTimeout(timer.current);
        // One Query for a word, not one for each letter.
        timer.current = setTimeout(() => onChange(value), 250);
      }}
    />
  );
}
