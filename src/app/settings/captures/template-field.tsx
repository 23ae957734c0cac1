import { useRef } from "preact/hooks";
import { t } from "../../../platform/i18n.ts";
import { RuleField } from "./rule-field.tsx";
import { TemplateVariables } from "./template-variables.tsx";

interface TemplateFieldProps {
  value: string;
  /** Why it does not work, as a sentence. */
  fault: string | null;
  onInput: (template: string) => void;
}

/** A template with its variables within reach. */
export function TemplateField({ value, fault, onInput }: TemplateFieldProps) {
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
    <RuleField
      label={t("template")}
      hint={t("template_hint")}
      fault={fault}
      value={value}
      longest={1000}
      mono
      input={input}
      onInput={onInput}
    >
      <TemplateVariables onInsert={insert} />
    </RuleField>
  );
}
