import { language, t } from "../../platform/i18n.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `now`, `5 min`, `3 h`, then day and month, in another year month and year. Both in milliseconds since the epoch. */
export function relativeTime(at: number, now: number): string {
  const age = now - at;
  // A machine whose clock is a little behind AWS's sees the future.
  if (age < minute) return age > -hour ? t("time_now") : shortDate(at, now);
  if (age < hour) return t("time_minutes", Math.floor(age / minute));
  if (age < day) return t("time_hours", Math.floor(age / hour));
  return shortDate(at, now);
}

function shortDate(at: number, now: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const part = sameYear ? ({ day: "numeric" } as const) : ({ year: "numeric" } as const);
  return new Intl.DateTimeFormat(language(), { month: "short", ...part }).format(at);
}

/** Date and time to the second, with the zone. */
export function exactTime(at: number): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: "long", timeStyle: "long" }).format(at);
}
