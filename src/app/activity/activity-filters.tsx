import { t } from "../../platform/i18n.ts";
import { type ActivityEntry, activityServices } from "../../shared/activity.ts";
import { Button } from "../../ui/button.tsx";
import { count } from "../../ui/format/count.ts";
import { FilterSelect } from "../captures/filter-select.tsx";
import { type ActivityFilter, everything, isFiltered } from "./filter-entries.ts";
import { serviceName } from "./service-name.ts";

interface ActivityFiltersProps {
  entries: ActivityEntry[];
  filter: ActivityFilter;
  onChange: (filter: ActivityFilter) => void;
}

export function ActivityFilters({ entries, filter, onChange }: ActivityFiltersProps) {
  const many = new Map(activityServices.map((service) => [service, 0]));
  for (const { service } of entries) many.set(service, (many.get(service) ?? 0) + 1);
  const offered = activityServices.filter((service) => (many.get(service) ?? 0) > 0 || service === filter.service);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a look of its own
    <div class="filters" role="group" aria-label={t("filters")}>
      <FilterSelect
        label={t("activity_service")}
        value={filter.service}
        options={offered.map((service) => [
          service,
          t("filter_counted", serviceName(service), count(many.get(service) ?? 0)),
        ])}
        onChange={(value) => onChange({ ...filter, service: offered.find((known) => known === value) ?? "" })}
      />
      <label class="failed-only">
        <input
          type="checkbox"
          checked={filter.failedOnly}
          onChange={(event) => onChange({ ...filter, failedOnly: event.currentTarget.checked })}
        />
        {t("activity_failed_only")}
      </label>
      {isFiltered(filter) && (
        <Button kind="quiet" onClick={() => onChange(everything)}>
          {t("filters_clear")}
        </Button>
      )}
    </div>
  );
}
