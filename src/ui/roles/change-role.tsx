import type { View } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { Dialog } from "../dialog.tsx";
import { activeProfile } from "../profile-switcher.tsx";
import { changingRole } from "../state/changing-role.ts";
import { showToast } from "../state/toasts.ts";
import { RolePicker } from "./role-picker.tsx";

const close = () => {
  changingRole.value = null;
};

/** Where a signed-in person takes another role: once per page. Until AWS has given it, the session before goes on. */
export function ChangeRole({ view }: { view: View }) {
  const owner = changingRole.value;
  if (owner === null) return null;
  return (
    <Dialog title={t("role_change_title")} onClose={close}>
      <RolePicker
        profile={owner.profile}
        profileName={activeProfile(view)?.name ?? ""}
        inUse
        refused={null}
        onChosen={({ name }) => {
          close();
          showToast(t("role_changed", name));
        }}
        onLateRefusal={({ name }, error) => showToast(t("role_not_taken", name), { error })}
      />
    </Dialog>
  );
}
