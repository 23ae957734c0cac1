import { useSignal } from "@preact/signals";
import type { SessionView, View } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../button.tsx";
import { activeProfile } from "../profile-switcher.tsx";
import { signOut } from "../storage/session-actions.ts";
import { RolePicker } from "./role-picker.tsx";

interface ChooseRoleProps {
  view: View;
  session: Extract<SessionView, { state: "choosing-role" }>;
  profile: string;
}

/** Signed in at the provider, and one question: with which role. */
export function ChooseRole({ view, session: { name, refused, error }, profile }: ChooseRoleProps) {
  const none = useSignal(false);
  return (
    <main class="choose-role">
      <h1>{none.value ? t("role_none") : t("role_choose", name)}</h1>
      {!none.value && <p class="muted">{t("role_choose_hint")}</p>}
      <RolePicker
        key={profile}
        profile={profile}
        profileName={activeProfile(view)?.name ?? ""}
        inUse={false}
        refused={refused && error && { name: refused.name, error }}
        onCount={(roles) => {
          none.value = roles === 0;
        }}
      />
      <div class="buttons">
        <Button icon="sign-out" onClick={() => void signOut(profile)}>
          {t(none.value ? "sign_out" : "role_cancel")}
        </Button>
      </div>
    </main>
  );
}
