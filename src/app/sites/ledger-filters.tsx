import type { Signal } from "@preact/signals";
import { useId } from "preact/hooks";
import { t } from "../../platform/i18n.ts";
import { SearchField } from "../search-field.tsx";
import type { LedgerFilter } from "./ledger-words.ts";

interface LedgerFiltersProps {
  filter: Signal<LedgerFilter>;
  text: Signal<string>;
}

/** Among the lines that are there. */
export function LedgerFilters({ filter, text }: LedgerFiltersProps) {
  const id = useId();
  const options: [LedgerFilter, string][] = [
    ["all", t("ledger_all")],
    ["writes", t("ledger_writes")],
    ["problems", t("ledger_problems")],
  ];
  return (
    <>
      <fieldset class="segments">
        <legend class="sr">{t("ledger_show")}</legend>
        {options.map(([one, label]) => (
          <label key={one} class="segment">
            <input
              type="radio"
              name={id}
              checked={one === filter.value}
              onChange={() => {
                filter.value = one;
              }}
            />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      <SearchField label={t("ledger_search")} text={text.value} onText={(next) => (text.value = next)} />
    </>
  );
}
