/** A site's use in figures. */
import type { SiteDay } from "../../messaging/sites-view.ts";
import { language, t } from "../../platform/i18n.ts";

const shownDays = 30;
const dayLength = 86_400_000;

type Figures = Omit<SiteDay, "day">;

const nothing: Figures = {
  requests: 0,
  written: 0,
  read: 0,
  s3Writes: 0,
  s3Reads: 0,
  itemWriteUnits: 0,
  itemReadUnits: 0,
  refused: 0,
};

/** `2026-11-28`, by UTC. */
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

/** The last 30 days, oldest first, those without use too. @param now milliseconds since the epoch */
export function lastDays(days: SiteDay[], now: number): SiteDay[] {
  const known = new Map(days.map((day) => [day.day, day]));
  return Array.from({ length: shownDays }, (_, index) => {
    const day = dayOf(now - (shownDays - 1 - index) * dayLength);
    return known.get(day) ?? { day, ...nothing };
  });
}

export function sumOf(days: SiteDay[]): Figures {
  return days.reduce<Figures>(
    (sum, day) => ({
      requests: sum.requests + day.requests,
      written: sum.written + day.written,
      read: sum.read + day.read,
      s3Writes: sum.s3Writes + day.s3Writes,
      s3Reads: sum.s3Reads + day.s3Reads,
      itemWriteUnits: sum.itemWriteUnits + day.itemWriteUnits,
      itemReadUnits: sum.itemReadUnits + day.itemReadUnits,
      refused: sum.refused + day.refused,
    }),
    nothing,
  );
}

export const todayOf = (days: SiteDay[], now: number) => sumOf(days.filter(({ day }) => day === dayOf(now)));
export const bytesOf = ({ written, read }: Figures) => written + read;

/** About how much, in US dollars: two digits that mean something, or that it is less than a hundredth of a cent. */
export function dollars(amount: number): string {
  const smallest = 0.0001;
  if (amount === 0) return inDollars(0, 0);
  if (amount < smallest) return t("sites_less_than", inDollars(smallest, 4));
  return inDollars(amount, amount < 0.01 ? 4 : 2);
}

function inDollars(amount: number, digits: number): string {
  return new Intl.NumberFormat(language(), {
    style: "currency",
    currency: "USD",
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount);
}

/** `28 Nov`, of `2026-11-28`. */
export function dayName(day: string): string {
  return new Intl.DateTimeFormat(language(), { day: "numeric", month: "short", timeZone: "UTC" }).format(
    Date.parse(`${day}T00:00:00Z`),
  );
}
