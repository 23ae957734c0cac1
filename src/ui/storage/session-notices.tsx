import type { ComponentChildren } from "preact";
import type { View } from "../../messaging/view.ts";
import { language, t } from "../../platform/i18n.ts";
import type { WireError } from "../../shared/result.ts";
import { ErrorDetails, ErrorPanel, RetryButton } from "../error-panel.tsx";
import { errorText } from "../error-text.ts";
import { Icon } from "../icon.tsx";
import { warnBelow } from "../session-clock.tsx";
import { now } from "../state/now.ts";
import { online } from "../state/online.ts";
import type { Owner } from "../state/owner.ts";
import { refreshRecent, signIn } from "./session-actions.ts";
import { SignInButton } from "./sign-in-button.tsx";

interface BrokenProps {
  text: string;
  error: WireError;
  /** Its button. */
  children: ComponentChildren;
}

/** One event is one notice: what it means for the person, why, and what to do. */
function Broken({ text, error, children }: BrokenProps) {
  const { what, fix } = errorText(error);
  return (
    <div class="notice warn" role="alert">
      <Icon name="alert" />
      <div class="error-body">
        <p>{text}</p>
        <p class="small">
          {what} {fix}
        </p>
        <div class="buttons">{children}</div>
        <ErrorDetails error={error} doctor />
      </div>
    </div>
  );
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
      {session.state === "needs-sign-in" && <Ended error={session.error} owner={owner} />}
      {session.state === "signed-in" && session.error && (
        <NotRenewed error={session.error} expiresAt={session.expiresAt} owner={owner} />
      )}
    </>
  );
}

function Ended({ error, owner: { profile } }: { error: WireError | null; owner: Owner }) {
  const again = <SignInButton profile={profile} kind="plain" />;
  if (error !== null && error.code !== "session-ended") {
    return (
      <Broken text={t("expired_notice")} error={error}>
        {error.code === "permission-needed" ? (
          <RetryButton error={error} onRetry={() => void signIn(profile)} />
        ) : (
          again
        )}
      </Broken>
    );
  }
  return (
    <div class="notice warn">
      <Icon name="alert" />
      <span class="grow">{t("expired_notice")}</span>
      {again}
    </div>
  );
}

interface NotRenewedProps {
  error: WireError;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  owner: Owner;
}

/** The next request renews the session. While that is long enough before its end, there is only the error. */
function NotRenewed({ error, expiresAt, owner: { profile } }: NotRenewedProps) {
  const retry = () => void refreshRecent(profile);
  if (expiresAt - now.value >= warnBelow) return <ErrorPanel error={error} onRetry={retry} />;
  return (
    <Broken text={t("renewal_failed", timeOfDay(expiresAt))} error={error}>
      <RetryButton error={error} onRetry={retry} />
    </Broken>
  );
}

function timeOfDay(at: number): string {
  return new Intl.DateTimeFormat(language(), { timeStyle: "short" }).format(at);
}
