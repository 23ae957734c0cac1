import type { View } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import type { WireError } from "../../shared/result.ts";
import { ErrorPanel } from "../error-panel.tsx";
import { activeProfile } from "../profile-switcher.tsx";
import { online } from "../state/online.ts";
import { signIn } from "./session-actions.ts";
import { SignInButton } from "./sign-in-button.tsx";

/** Signed out, and one button. */
export function SignInPanel({ view, profile }: { view: View; profile: string }) {
  const { session } = view;
  const waiting = session.state === "signing-in";
  const issuer = activeProfile(view)?.issuer ?? "";
  return (
    <main class="centre">
      <h1>{t(waiting ? "signing_in" : "signed_out")}</h1>
      <p class="muted">
        {waiting ? t("signing_in_hint") : t("signed_out_hint")} <bdi class="mono issuer">{issuer}</bdi>
      </p>
      {!waiting && session.state === "signed-out" && session.error && (
        <ErrorPanel error={session.error} onRetry={mending(session.error, profile)} />
      )}
      {!online.value && <p class="notice warn">{t("offline_sign_in")}</p>}
      <SignInButton profile={profile} waiting={waiting} />
    </main>
  );
}

/** The sign-in button does it again; only a missing permission has a button of its own. */
function mending(error: WireError, profile: string): (() => void) | undefined {
  return error.code === "permission-needed" ? () => void signIn(profile) : undefined;
}
