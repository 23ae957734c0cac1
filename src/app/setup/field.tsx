import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { SettingsInput } from "../../setup/parse-settings.ts";
import { Icon } from "../../ui/icon.tsx";
import { change, draft, isFaulty } from "./draft.ts";

interface FieldProps {
  name: keyof SettingsInput;
  label: string;
  /** What is right, in words; shown as a fault once something else was typed. */
  rule: string;
  /** What is wrong with a text, where more is known than the rule; null elsewhere. */
  faultIn?: (text: string) => string | null;
  placeholder?: string;
  children?: ComponentChildren;
}

/** One setting. The line below it keeps its height: nothing jumps when it turns into a fault. */
export function Field({ name, label, rule, faultIn, placeholder, children }: FieldProps) {
  const id = useId();
  const wrong = isFaulty(name);
  const text = String(draft.value[name] ?? "");
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input mono"
        type="text"
        autocomplete="off"
        spellcheck={false}
        placeholder={placeholder}
        aria-invalid={wrong}
        aria-describedby={`${id}-rule`}
        value={text}
        onInput={(event) => change({ [name]: event.currentTarget.value })}
      />
      <p id={`${id}-rule`} class="small field-rule">
        <span class={wrong ? "unseen" : "muted"}>{rule}</span>
        {wrong && (
          <span class="bad field-fault">
            <Icon name="alert" />
            <span>{faultIn?.(text.trim()) ?? rule}</span>
          </span>
        )}
      </p>
      {children}
    </div>
  );
}
