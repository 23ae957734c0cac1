import type { RefObject } from "preact";
import { t } from "../../platform/i18n.ts";

interface FileFilterProps {
  input: RefObject<HTMLInputElement | null>;
  onChange: (text: string) => void;
}

/** Keeps the list to names with what is typed. Give it a key per folder: it begins empty. The arrow down goes on to the list. */
export function FileFilter({ input, onChange }: FileFilterProps) {
  return (
    <input
      ref={input}
      class="input search"
      type="search"
      autocomplete="off"
      spellcheck={false}
      maxLength={1000}
      aria-label={t("files_filter")}
      aria-keyshortcuts="/"
      placeholder={t("files_filter")}
      onInput={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== "ArrowDown") return;
        event.preventDefault();
        event.currentTarget.closest("main")?.querySelector<HTMLElement>('.row[tabindex="0"]')?.focus();
      }}
    />
  );
}
