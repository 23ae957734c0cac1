import { useEffect } from "preact/hooks";
import type { SessionView } from "../messaging/view.ts";
import { t } from "../platform/i18n.ts";
import { Icon } from "./icon.tsx";
import { countSeconds, now } from "./state/now.ts";

/** Renewal comes before this; what is left then means that it did not work. Milliseconds. */
export const warnBelow = 300_000;

/** How long the role credentials still hold, as text; in the last minutes with a warning, in the last one by seconds. */
export function SessionClock({ session }: { session: SessionView }) {
  const left = "expiresAt" in session ? session.expiresAt - now.value : 0;
  // Begun before the minute itself: the time comes every 15 s until then.
  const closing = left > 0 && left < 80_000;
  useEffect(() => (closing ? countSeconds() : undefined), [closing]);
  if (!("expiresAt" in session)) return null;
  if (session.state === "renewing") return <span class="clock">{t("session_renewing")}</span>;
  if (session.state === "needs-sign-in" || left <= 0) return <span class="clock warn">{t("session_ended")}</span>;
  if (left < warnBelow) {
    const time =
      left <= 60_000 ? t("time_seconds", Math.ceil(left / 1000)) : t("time_minutes", Math.ceil(left / 60_000));
    return (
      <span class="clock warn">
        <Icon name="alert" />
        <span class="clock-left">{t("session_left", time)}</span>
      </span>
    );
  }
  const minutes = Math.ceil(left / 60_000);
  return (
    <span class="clock">{minutes > 90 ? t("time_hours", Math.floor(minutes / 60)) : t("time_minutes", minutes)}</span>
  );
}
