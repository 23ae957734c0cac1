import { call } from "../../messaging/client.ts";
import type { View } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import type { MenuItem } from "../menu.tsx";
import { changeRole } from "../state/changing-role.ts";
import { confirmed } from "../state/confirmation.ts";
import { ownerOf } from "../state/owner.ts";
import { refreshRecent, said, signInAnother, signOut } from "./session-actions.ts";

/** What can be done with the session that is shown, and with those of the other profiles. */
export function sessionMenu(view: View): MenuItem[] {
  const { session, activeProfile: profile, profiles } = view;
  const owner = ownerOf(view);
  const items: MenuItem[] = [];
  if (profile === null || (session.state === "signed-out" && session.locked)) return items;
  if (owner !== null) {
    items.push({ label: t("refresh"), icon: "refresh", run: () => void refreshRecent(profile) });
    if ("role" in session && session.role && session.role.of > 1) {
      items.push({ label: t("role_change"), icon: "key", run: () => changeRole(owner) });
    }
    items.push({ label: t("account_another"), icon: "user", run: () => void signInAnother(profile) });
  }
  const inside = owner !== null || session.state === "choosing-role";
  const several = profiles.length > 1;
  // Others may be signed in where this one is not.
  if (inside || several) items.push({ label: t("lock_now"), icon: "lock", divided: true, run: () => void lock() });
  if (inside) items.push({ label: t("sign_out"), icon: "sign-out", run: () => void signOut(profile) });
  if (several) items.push({ label: t("sign_out_all"), icon: "sign-out", run: () => void signOutAll(profiles.length) });
  return items;
}

/** Asks first: what was typed in any profile goes, and nothing brings it back. */
async function signOutAll(profiles: number): Promise<void> {
  const yes = await confirmed({
    title: t("sign_out_all_title"),
    text: t("sign_out_all_text", profiles),
    verb: t("sign_out_all_verb", profiles),
  });
  if (yes) await call("session.signOutAll", {}).catch(said("not_signed_out"));
}

async function lock(): Promise<void> {
  await call("session.lock", {}).catch(said("not_locked"));
}
