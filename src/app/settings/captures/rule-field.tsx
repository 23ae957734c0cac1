import type { ComponentChildren, RefObject } from "preact";
import { useId } from "preact/hooks";

interface RuleFieldProps {
  label: string;
  hint: string;
  /** Why it does not work, as a sentence. */
  fault: string | null;
  value: string;
  longest: number;
  placeholder?: string;
  mono?: boolean;
  input?: RefObject<HTMLInputElement | null>;
  onInput: (text: string) => void;
  onBlur?: () => void;
  children?: ComponentChildren;
}

/** A text of a rule, with what is wrong with it below. */
export function RuleField(props: RuleFieldProps) {
  const { label, hint, fault, value, longest, placeholder = "", mono = false, input = null, children } = props;
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        ref={input}
        id={id}
        class={mono ? "input mono" : "input"}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        maxLength={longest}
        placeholder={placeholder}
        aria-invalid={fault !== null || undefined}
        aria-describedby={`${id}-hint ${id}-fault`}
        value={value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        onBlur={props.onBlur}
      />
      <p id={`${id}-fault`} class="small bad" role="status">
        {fault}
      </p>
      <p id={`${id}-hint`} class="small muted">
        {hint}
      </p>
      {children}
    </div>
  );
}
