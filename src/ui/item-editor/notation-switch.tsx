import { useId } from "preact/hooks";
import { t } from "../../platform/i18n.ts";
import type { Notation } from "../item-json/item-text.ts";

interface NotationSwitchProps {
  value: Notation;
  /** Why plain JSON would lose something; null when it would not. */
  whyNot: string | null;
  onChange: (notation: Notation) => void;
}

export function NotationSwitch({ value, whyNot, onChange }: NotationSwitchProps) {
  const name = useId();
  const choice = (notation: Notation, label: string, disabled: boolean) => (
    <label class="segment">
      <input
        type="radio"
        name={name}
        checked={value === notation}
        disabled={disabled}
        aria-describedby={disabled ? `${name}-why` : undefined}
        onChange={() => onChange(notation)}
      />
      <span>{label}</span>
    </label>
  );
  return (
    <>
      <fieldset class="segments">
        <legend class="sr">{t("notation")}</legend>
        {choice("plain", t("notation_plain"), whyNot !== null)}
        {choice("dynamodb", t("notation_dynamodb"), false)}
      </fieldset>
      {whyNot !== null && (
        <p id={`${name}-why`} class="small muted">
          {whyNot}
        </p>
      )}
    </>
  );
}
