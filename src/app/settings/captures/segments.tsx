import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface SegmentsProps<Value extends string> {
  label: string;
  options: [value: Value, label: string][];
  value: Value;
  onChange: (value: Value) => void;
  /** What the chosen one means. */
  children?: ComponentChildren;
}

/** One of two or three, beside what is chosen. */
export function Segments<Value extends string>({ label, options, value, onChange, children }: SegmentsProps<Value>) {
  const id = useId();
  return (
    <div class="setting">
      <span id={id} class="setting-label" aria-hidden="true">
        {label}
      </span>
      <fieldset class="segments" aria-describedby={children ? `${id}-hint` : undefined}>
        <legend class="sr">{label}</legend>
        {options.map(([option, text]) => (
          <label key={option} class="segment">
            <input type="radio" name={id} checked={option === value} onChange={() => onChange(option)} />
            <span>{text}</span>
          </label>
        ))}
      </fieldset>
      {children && (
        <div id={`${id}-hint`} class="setting-hint small muted">
          {children}
        </div>
      )}
    </div>
  );
}
