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
        const { key, currentTarget } = event;
        if (key === "ArrowDown") {
          event.preventDefault();
          currentTarget.closest("main")?.querySelector<HTMLElement>('.row[tabindex="0"]')?.focus();
        } else if (key === "Escape" && currentTarget.value !== "") {
          // Chromium does so by itself, Firefox does not.
          event.preventDefault();
          currentTarget.value = "";
          onChange("");
        }
      }}
    />
  );
}
