import { t } from "../../platform/i18n.ts";
import { IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";

interface FilterSelectProps {
  label: string;
  value: string;
  options: [value: string, label: string][];
  onChange: (value: string) => void;
}

/** One thing to filter by: its name while it lets everything through, else what it keeps, and a way to take it away. */
export function FilterSelect({ label, value, options, onChange }: FilterSelectProps) {
  const set = value !== "";
  return (
    <span class={set ? "filter set" : "filter"}>
      <select aria-label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">{set ? t("filter_any") : label}</option>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
      {set ? (
        <IconButton icon="x" label={t("filter_remove", label)} onClick={() => onChange("")} />
      ) : (
        <Icon name="chevron-down" />
      )}
    </span>
  );
}
