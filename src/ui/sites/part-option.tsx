import type { ComponentChildren } from "preact";

interface PartOptionProps {
  name: string;
  label: string;
  /** What it means, below. */
  hint: ComponentChildren;
  checked: boolean;
  onChoose: () => void;
}

/** One part of the storage that a site may have. */
export function PartOption({ name, label, hint, checked, onChoose }: PartOptionProps) {
  return (
    <label class="part">
      <input type="radio" name={name} checked={checked} onChange={onChoose} />
      <span class="part-words">
        <span>{label}</span>
        <span class="small muted part-hint">{hint}</span>
      </span>
    </label>
  );
}
