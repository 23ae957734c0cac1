import type { SessionView } from "../messaging/view.ts";
import { t } from "../platform/i18n.ts";
import { exactTime } from "./format/relative-time.ts";
import { now } from "./state/now.ts";

/** How long the role credentials still hold, as text. */
export function SessionClock({ session }: { session: SessionView }) {
  if (!("expiresAt" in session)) return null;
  if (session.state === "renewing") return <span>{t("session_renewing")}</span>;
  const minutes = Math.ceil((session.expiresAt - now.value) / 60_000);
  if (session.state === "needs-sign-in" || minutes <= 0) return <span class="warn">{t("session_ended")}</span>;
  return (
    <span title={t("session_until", exactTime(session.expiresAt))}>
      {minutes > 90 ? t("time_hours", Math.floor(minutes / 60)) : t("time_minutes", minutes)}
    </span>
  );
}
