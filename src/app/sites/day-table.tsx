import type { SiteDay } from "../../messaging/sites-view.ts";
import { t } from "../../platform/i18n.ts";
import { byteSize } from "../../ui/format/byte-size.ts";
import { count } from "../../ui/format/count.ts";
import { costOf } from "./prices.ts";
import { dayName, dollars } from "./use-figures.ts";

/** The days with use, newest first, and how the estimate is made. @param days oldest first */
export function DayTable({ days }: { days: SiteDay[] }) {
  const used = days.filter(({ requests, refused }) => requests + refused > 0).toReversed();
  return (
    <details class="day-table">
      <summary class="small">{t("sites_by_day")}</summary>
      <div class="day-scroll">
        <table class="small">
          <thead>
            <tr>
              <th scope="col">{t("sites_day")}</th>
              <th scope="col">{t("sites_requests")}</th>
              <th scope="col">{t("sites_written")}</th>
              <th scope="col">{t("sites_read")}</th>
              <th scope="col">{t("sites_refused")}</th>
              <th scope="col">{t("sites_cost_about")}</th>
            </tr>
          </thead>
          <tbody>
            {used.map((day) => (
              <tr key={day.day}>
                <th scope="row">{dayName(day.day)}</th>
                <td>{count(day.requests)}</td>
                <td>{byteSize(day.written)}</td>
                <td>{byteSize(day.read)}</td>
                <td>{count(day.refused)}</td>
                <td>{dollars(costOf(day))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="small muted">{t("sites_cost_basis")}</p>
    </details>
  );
}
