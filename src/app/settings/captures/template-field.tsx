import { useId, useRef } from "preact/hooks";
import { t } from "../../../platform/i18n.ts";
import { TemplateVariables } from "./template-variables.tsx";

interface TemplateFieldProps {
  value: string;
  /** Why it does not work, as a sentence. */
  fault: string | null;
  onInput: (template: string) => void;
}

/** A template with its variables within reach. */
export function TemplateField({ value, fault, onInput }: TemplateFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const insert = (variable: string) => {
    const field = input.current;
    if (field === null) return;
    // Where the caret was when the button took the focus.
    field.setRangeText(variable, field.selectionStart ?? value.length, field.selectionEnd ?? value.length, "end");
    onInput(field.value);
    field.focus();
  };
  return (
    <div class="field">
      <label for={id}>{t("template")}</label>
      <input
        ref={input}
        id={id}
        class="input mono"
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        maxLength={1000}
        aria-invalid={fault !== null || undefined}
        aria-describedby={`${id}-hint ${id}-fault`}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <p id={`${id}-fault`} class="small bad" role="status">
        {fault}
      </p>
      <p id={`${id}-hint`} class="small muted">
        {t("template_hint")}
      </p>
      <TemplateVariables onInsert={insert} />
    </div>
  );
}
