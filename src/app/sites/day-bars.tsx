import type { SiteDay } from "../../messaging/sites-view.ts";
import { t } from "../../platform/i18n.ts";
import { type Measure, measured, measuredWords } from "./measure.ts";
import { dayName } from "./use-figures.ts";

interface DayBarsProps {
  /** Oldest first. */
  days: SiteDay[];
  measure: Measure;
}

/** A bar for each day. For readers it is one picture with a name: the table below has the figures. */
export function DayBars({ days, measure }: DayBarsProps) {
  const values = days.map((day) => measured(day, measure));
  const most = Math.max(...values);
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined) return null;
  return (
    <figure class="bars">
      <div
        class="bars-plot"
        role="img"
        aria-label={t("sites_bars", dayName(first.day), dayName(last.day), measuredWords(most, measure))}
      >
        {days.map((day, index) => (
          <div
            key={day.day}
            class="bar-slot"
            title={`${dayName(day.day)}: ${measuredWords(values[index] ?? 0, measure)}`}
          >
            <div class="bar-fill" style={{ height: `${most === 0 ? 0 : ((values[index] ?? 0) / most) * 100}%` }} />
          </div>
        ))}
      </div>
      <figcaption class="bars-ends small muted" aria-hidden="true">
        <span>{dayName(first.day)}</span>
        <span>{most > 0 && t("sites_most", measuredWords(most, measure))}</span>
        <span>{dayName(last.day)}</span>
      </figcaption>
    </figure>
  );
}
