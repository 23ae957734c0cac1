import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../../platform/i18n.ts";
import { errorText } from "../error-text.ts";
import type { TermsFaults } from "./terms-draft.ts";

interface FolderFieldProps {
  value: string;
  fault: TermsFaults["folder"];
  onInput: (value: string) => void;
}

/** Another folder of the person's. The line below is always there: nothing jumps when it turns into a fault. */
export function FolderField({ value, fault, onInput }: FolderFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (value === "") input.current?.focus();
    // Once: who chose another folder is about to name it.
  }, []);
  return (
    <div class="field part-field">
      <label class="sr" for={id}>
        {t("site_folder")}
      </label>
      <input
        ref={input}
        id={id}
        class="input mono"
        type="text"
        autocomplete="off"
        spellcheck={false}
        maxLength={1024}
        placeholder="photos/"
        aria-invalid={fault !== undefined}
        aria-describedby={`${id}-line`}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <p id={`${id}-line`} class={fault === undefined ? "small muted" : "small bad"}>
        {lineOf(fault)}
      </p>
    </div>
  );
}

function lineOf(fault: TermsFaults["folder"]): string {
  if (fault === undefined) return t("site_folder_hint");
  if (fault === "empty") return t("site_folder_empty");
  return fault === "apps" ? t("site_folder_apps") : errorText(fault).what;
}
