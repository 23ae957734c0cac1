import { t } from "../../platform/i18n.ts";

/** `17 s left`, `3 min left`, `2 h 10 min left`, `4 d left`. Rounded up: nobody is told that nothing is left. */
export function timeLeft(seconds: number): string {
  if (seconds < 59.5) return t("left_seconds", Math.max(1, Math.ceil(seconds)));
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return t("left_minutes", minutes);
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return t("left_days", Math.ceil(hours / 24));
  return minutes % 60 === 0 ? t("left_hours", hours) : t("left_hours_minutes", hours, minutes % 60);
}
