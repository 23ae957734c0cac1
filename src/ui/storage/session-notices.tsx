import type { View } from "../../messaging/view.ts";
import { language, t } from "../../platform/i18n.ts";
import type { WireError } from "../../shared/result.ts";
import { ErrorPanel } from "../error-panel.tsx";
import { Icon } from "../icon.tsx";
import { warnBelow } from "../session-clock.tsx";
import { now } from "../state/now.ts";
import { online } from "../state/online.ts";
import type { Owner } from "../state/owner.ts";
import { refreshRecent, signIn } from "./session-actions.ts";
import { SignInButton } from "./sign-in-button.tsx";

/** The notice's button signs in; only a missing permission has to be asked for first. */
function signingIn(error: WireError, { profile }: Owner): (() => void) | undefined {
  return error.code === "permission-needed" ? () => void signIn(profile) : undefined;
}

/** What stands in the way of every request: no network, an ended session, a renewal that failed. */
export function SessionNotices({ view: { session }, owner }: { view: View; owner: Owner }) {
  return (
    <>
      {!online.value && (
        <p class="notice warn">
          <Icon name="offline" />
          <span>{t("offline_notice")}</span>
        </p>
      )}
      {session.state === "needs-sign-in" && (
        <div class="notice warn">
          <Icon name="alert" />
          <span class="grow">{t("expired_notice")}</span>
          <SignInButton profile={owner.profile} kind="plain" />
        </div>
      )}
      {session.state === "needs-sign-in" && session.error && session.error.code !== "session-ended" && (
        <ErrorPanel error={session.error} onRetry={signingIn(session.error, owner)} />
      )}
      {session.state === "signed-in" && session.error && (
        <>
          {session.expiresAt - now.value < warnBelow && (
            <p class="notice warn">
              <Icon name="alert" />
              <span>{t("renewal_failed", timeOfDay(session.expiresAt))}</span>
            </p>
          )}
          {/* The next request renews the session. */}
          <ErrorPanel error={session.error} onRetry={() => void refreshRecent(owner.profile)} />
        </>
      )}
    </>
  );
}

function timeOfDay(at: number): string {
  return new Intl.DateTimeFormat(language(), { timeStyle: "short" }).format(at);
}
