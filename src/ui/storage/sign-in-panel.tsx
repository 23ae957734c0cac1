import type { View } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import type { WireError } from "../../shared/result.ts";
import { Button } from "../button.tsx";
import { ErrorPanel } from "../error-panel.tsx";
import { Icon } from "../icon.tsx";
import { activeProfile } from "../profile-switcher.tsx";
import { online } from "../state/online.ts";
import { signIn, signInAnother } from "./session-actions.ts";
import { SignInButton } from "./sign-in-button.tsx";

/** Signed out, or locked, and one button. */
export function SignInPanel({ view, profile }: { view: View; profile: string }) {
  const { session } = view;
  const waiting = session.state === "signing-in";
  const out = session.state === "signed-out" ? session : null;
  const locked = out?.locked === true;
  const issuer = activeProfile(view)?.issuer ?? "";
  return (
    <main class={locked ? "centre locked" : "centre"}>
      {locked && <Icon name="lock" />}
      <h1>{t(waiting ? "signing_in" : locked ? "locked" : "signed_out")}</h1>
      {locked ? (
        <p class="muted">{t("locked_hint")}</p>
      ) : (
        <p class="muted">
          {waiting ? t("signing_in_hint") : t("signed_out_hint")} <bdi class="mono issuer">{issuer}</bdi>
        </p>
      )}
      {out?.error && <ErrorPanel error={out.error} onRetry={mending(out.error, profile)} />}
      {!online.value && <p class="notice warn">{t("offline_sign_in")}</p>}
      <SignInButton profile={profile} waiting={waiting} label={t(locked ? "unlock" : "sign_in")} />
      {locked && (
        <Button kind="quiet" onClick={() => void signInAnother(profile)}>
          {t("sign_in_another")}
        </Button>
      )}
    </main>
  );
}

/** The sign-in button does it again; only a missing permission has a button of its own. */
function mending(error: WireError, profile: string): (() => void) | undefined {
  return error.code === "permission-needed" ? () => void signIn(profile) : undefined;
}
