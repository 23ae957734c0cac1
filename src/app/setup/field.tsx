import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { SettingsInput } from "../../setup/parse-settings.ts";
import { Icon } from "../../ui/icon.tsx";
import { change, draft, faultOf } from "./draft.ts";

interface FieldProps {
  name: keyof SettingsInput;
  label: string;
  /** What is right, in words; shown as a fault once something else was typed. */
  rule: string;
  placeholder?: string;
  children?: ComponentChildren;
}

/** One setting. The line below it is always there: nothing jumps when it turns into a fault. */
export function Field({ name, label, rule, placeholder, children }: FieldProps) {
  const id = useId();
  const wrong = faultOf(name);
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
        value={String(draft.value[name] ?? "")}
        onInput={(event) => change({ [name]: event.currentTarget.value })}
      />
      <p id={`${id}-rule`} class={wrong ? "small bad" : "small muted"}>
        {wrong && <Icon name="alert" />} {rule}
      </p>
      {children}
    </div>
  );
}
