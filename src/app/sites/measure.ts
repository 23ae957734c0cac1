/** What a site's use is measured by. */
import type { SiteDay } from "../../messaging/sites-view.ts";
import { t } from "../../platform/i18n.ts";
import { byteSize } from "../../ui/format/byte-size.ts";
import { count } from "../../ui/format/count.ts";
import { costOf } from "./prices.ts";
import { bytesOf, dollars } from "./use-figures.ts";

export type Measure = "requests" | "bytes" | "cost";

export const measures: Measure[] = ["requests", "bytes", "cost"];

export function measured(day: Omit<SiteDay, "day">, measure: Measure): number {
  if (measure === "requests") return day.requests;
  return measure === "bytes" ? bytesOf(day) : costOf(day);
}

export function measuredWords(value: number, measure: Measure): string {
  if (measure === "requests") return count(value);
  return measure === "bytes" ? byteSize(value) : dollars(value);
}

export function measureName(measure: Measure): string {
  if (measure === "requests") return t("sites_requests");
  return measure === "bytes" ? t("sites_bytes") : t("sites_cost_about");
}
