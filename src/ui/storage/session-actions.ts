import { call } from "../../messaging/client.ts";
import { t } from "../../platform/i18n.ts";
import { asHoldallError } from "../error-text.ts";
import { showToast } from "../state/toasts.ts";

/** For `catch`: says what did not happen, and why. */
export const said = (key: string) => (error: unknown) => showToast(t(key), { error: asHoldallError(error) });

/** Loads recent files and items again. What fails shows in the view itself. */
export async function refreshRecent(profile: string): Promise<void> {
  await call("recent.refresh", { profile }).catch(said("not_refreshed"));
}

export async function signOut(profile: string): Promise<void> {
  await call("session.signOut", { profile }).catch(said("not_signed_out"));
}

/** Opens the provider's window. What goes wrong there is the session's error, which the view shows. */
export async function signIn(profile: string): Promise<void> {
  await call("session.signIn", { profile }).catch(() => null);
}

/** The same, and the provider asks who it is. The session that is there stays until then, so the view tells no failure. */
export async function signInAnother(profile: string): Promise<void> {
  await call("session.signIn", { profile, another: true }).catch((cause) => {
    const error = asHoldallError(cause);
    // Closing the window says it all.
    if (error.code !== "sign-in-cancelled") showToast(t("another_not_signed_in"), { error });
  });
}
