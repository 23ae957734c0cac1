import { language, t } from "../../platform/i18n.ts";
import { now } from "../../ui/state/now.ts";
import { dayOf } from "./capture-layout.ts";

/** The day that the captures below were made on. @param day its beginning, milliseconds since the epoch */
export function DayHeading({ day }: { day: number }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see CaptureList
    // biome-ignore lint/a11y/useFocusableInteractive: a heading is not worked with
    <div class="day small muted" role="row">
      {/* biome-ignore lint/a11y/useSemanticElements: see CaptureList */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
      <div role="gridcell">{dayName(day, now.value)}</div>
    </div>
  );
}

/** `Today`, `Yesterday`, then the date; without the year in this one. */
function dayName(day: number, at: number): string {
  const [today] = dayOf(at);
  if (day === today) return t("day_today");
  if (day === dayOf(today - 1)[0]) return t("day_yesterday");
  const year = new Date(day).getFullYear() === new Date(at).getFullYear() ? {} : ({ year: "numeric" } as const);
  return new Intl.DateTimeFormat(language(), { weekday: "long", day: "numeric", month: "long", ...year }).format(day);
}
