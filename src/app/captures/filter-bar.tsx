import { type CaptureFacets, captureKinds } from "../../messaging/captures-view.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { captureKindName } from "../../ui/captures/capture-kind.ts";
import { count } from "../../ui/format/count.ts";
import { type FilterChoice, isFiltered, noChoice, type Period, periods } from "./filter-choice.ts";
import { FilterSelect } from "./filter-select.tsx";

/** As many as one looks through; the search finds the rest. */
const mostOffered = 200;

interface FilterBarProps {
  facets: CaptureFacets | null;
  choice: FilterChoice;
  onChange: (choice: FilterChoice) => void;
}

/** Keeps the captures to a site, a tag, a kind, a time. */
export function FilterBar({ facets, choice, onChange }: FilterBarProps) {
  const set = (part: Partial<FilterChoice>) => onChange({ ...choice, ...part });
  const kinds = new Map(facets?.kinds);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a look of its own
    <div class="filters" role="group" aria-label={t("filters")}>
      <FilterSelect
        label={t("filter_site")}
        value={choice.site}
        options={offered(facets?.sites, choice.site)}
        onChange={(site) => set({ site })}
      />
      <FilterSelect
        label={t("filter_tag")}
        value={choice.tag}
        options={offered(facets?.tags, choice.tag)}
        onChange={(tag) => set({ tag })}
      />
      <FilterSelect
        label={t("filter_kind")}
        value={choice.kind}
        options={captureKinds
          .filter((kind) => kinds.has(kind) || kind === choice.kind)
          .map((kind) => [kind, counted(captureKindName(kind), kinds.get(kind))])}
        onChange={(kind) => set({ kind: captureKinds.find((known) => known === kind) ?? "" })}
      />
      <FilterSelect
        label={t("filter_time")}
        value={choice.period}
        options={periods.map((period) => [period, periodName(period)])}
        onChange={(value) => set({ period: periods.find((known) => known === value) ?? "" })}
      />
      {choice.period === "days" && (
        <span class="filter-days">
          <input
            class="input"
            type="date"
            aria-label={t("filter_from")}
            value={choice.from}
            max={choice.to}
            onChange={(event) => set({ from: event.currentTarget.value })}
          />
          <span aria-hidden="true">–</span>
          <input
            class="input"
            type="date"
            aria-label={t("filter_to")}
            value={choice.to}
            min={choice.from}
            onChange={(event) => set({ to: event.currentTarget.value })}
          />
        </span>
      )}
      {isFiltered(choice) && (
        <Button kind="quiet" onClick={() => onChange(noChoice)}>
          {t("filters_clear")}
        </Button>
      )}
    </div>
  );
}

/** The most used; what is chosen is among them. */
function offered(facet: [name: string, count: number][] = [], chosen: string): [value: string, label: string][] {
  const first = facet.slice(0, mostOffered);
  const missing = chosen !== "" && !first.some(([name]) => name === chosen);
  const all = missing ? [...first, facet.find(([name]) => name === chosen) ?? ([chosen, 0] as const)] : first;
  return all.map(([name, many]) => [name, counted(name, many)]);
}

const counted = (name: string, many = 0) => t("filter_counted", name, count(many));

function periodName(period: Period): string {
  switch (period) {
    case "today":
      return t("day_today");
    case "week":
      return t("period_week");
    case "month":
      return t("period_month");
    case "year":
      return t("period_year");
    case "days":
      return t("period_days");
  }
}
