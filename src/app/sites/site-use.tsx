import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { SiteDay } from "../../messaging/sites-view.ts";
import { t } from "../../platform/i18n.ts";
import { count } from "../../ui/format/count.ts";
import { now } from "../../ui/state/now.ts";
import { Time } from "../../ui/time.tsx";
import { DayBars } from "./day-bars.tsx";
import { DayTable } from "./day-table.tsx";
import { type Measure, measured, measuredWords, measureName, measures } from "./measure.ts";
import { lastDays, sumOf } from "./use-figures.ts";

interface SiteUseProps {
  /** Newest first. */
  days: SiteDay[];
  /** Milliseconds since the epoch; null: never. */
  lastAccess: number | null;
}

/** How much the site did in 30 days. */
export function SiteUse({ days, lastAccess }: SiteUseProps) {
  const id = useId();
  const measure = useSignal<Measure>("requests");
  const shown = lastDays(days, now.value);
  const sum = sumOf(shown);
  return (
    <section class="card column site-card" aria-labelledby="site-use">
      <h2 id="site-use">{t("site_use")}</h2>
      <fieldset class="measures">
        <legend class="sr">{t("sites_measure")}</legend>
        {measures.map((one) => (
          <label key={one} class="measure">
            <input
              type="radio"
              name={id}
              checked={one === measure.value}
              onChange={() => {
                measure.value = one;
              }}
            />
            <span class="measure-words">
              <span class="measure-name">{measureName(one)}</span>
              <b>{measuredWords(measured(sum, one), one)}</b>
            </span>
          </label>
        ))}
      </fieldset>
      <DayBars days={shown} measure={measure.value} />
      <p class="small muted">
        {lastAccess === null ? (
          t("sites_never_used")
        ) : (
          <>
            {t("sites_last")}: <Time at={lastAccess} />
          </>
        )}
        {sum.refused > 0 && ` · ${t("sites_refused_many", count(sum.refused))}`}
      </p>
      {sum.requests > 0 && <DayTable days={shown} />}
    </section>
  );
}
