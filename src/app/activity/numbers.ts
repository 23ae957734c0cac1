import { language, t } from "../../platform/i18n.ts";
import { byteSize } from "../../ui/format/byte-size.ts";

/** `85 ms`, `1.2 s` */
export function duration(ms: number): string {
  if (ms < 1000) return t("activity_milliseconds", ms);
  const seconds = new Intl.NumberFormat(language(), { maximumFractionDigits: ms < 9950 ? 1 : 0 }).format(ms / 1000);
  return t("activity_seconds", seconds);
}

/** Nothing for what is not known. */
export function size(bytes: number | null): string {
  return bytes === null ? "" : byteSize(bytes);
}

/** `14:02:11`; the day before it, when that is another one than `now`'s. */
export function timeOfDay(at: number, now: number): string {
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
  const day = sameDay ? {} : ({ day: "numeric", month: "short" } as const);
  const time = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
  return new Intl.DateTimeFormat(language(), { ...day, ...time }).format(at);
}
