import { useSignal } from "@preact/signals";
import { call } from "../../messaging/client.ts";
import type { ProfileSummary } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { asHoldallError } from "../../ui/error-text.ts";
import { confirmed } from "../../ui/state/confirmation.ts";
import { showToast } from "../../ui/state/toasts.ts";
import { Address } from "../profiles/address.tsx";
import { EditProfile } from "../profiles/edit-profile.tsx";
import { ShareProfile } from "../profiles/share-profile.tsx";

/** One profile: what it is, and what can be done with it. */
export function ProfileCard({ profile, active }: { profile: ProfileSummary; active: boolean }) {
  const { id, name, colour, issuer, managed, from, hint } = profile;
  const open = useSignal<"edit" | "share" | null>(null);
  const close = () => {
    open.value = null;
  };
  const attempt = (action: Promise<unknown>) =>
    action.catch((error) => showToast(t("profile_not_changed", name), { error: asHoldallError(error) }));
  const remove = async () => {
    const { transfers, captures } = await call("profiles.waiting", { id });
    const waiting = [
      transfers === 1 ? [t("waiting_transfer")] : transfers > 1 ? [t("waiting_transfers", transfers)] : [],
      captures === 1 ? [t("waiting_capture")] : captures > 1 ? [t("waiting_captures", captures)] : [],
    ].flat();
    const ask = {
      title: t("profile_remove_title", name),
      text: t("profile_remove_stays"),
      list: [t("profile_remove_text"), ...waiting],
      verb: t("profile_remove"),
    };
    if (await confirmed(ask)) await call("profiles.remove", { id });
  };
  return (
    <li class="card">
      <span class="profile-dot" style={{ "--profile": colour }} />
      <div class="card-body">
        <h3 class="card-title">
          <bdi>{name}</bdi>
          {active && <span class="badge">{t("profile_active")}</span>}
          {managed && <span class="badge">{t("profile_managed")}</span>}
        </h3>
        <p class="mono muted card-line">
          <Address url={issuer} />
        </p>
        {hint !== undefined && <p class="muted small card-line">{t("profile_hint", hint)}</p>}
        {from !== undefined && <p class="muted small card-line">{t("profile_came_from", from)}</p>}
        <div class="buttons">
          {!active && (
            <Button aria-label={t("use_name", name)} onClick={() => attempt(call("profiles.select", { id }))}>
              {t("profile_use")}
            </Button>
          )}
          {!managed && (
            <Button kind="quiet" aria-label={t("edit_name", name)} onClick={() => (open.value = "edit")}>
              {t("edit")}
            </Button>
          )}
          <Button kind="quiet" icon="copy" aria-label={t("share_name", name)} onClick={() => (open.value = "share")}>
            {t("share")}
          </Button>
          {!managed && (
            <Button kind="quiet" icon="trash" aria-label={t("remove_name", name)} onClick={() => attempt(remove())}>
              {t("remove")}
            </Button>
          )}
        </div>
      </div>
      {open.value === "edit" && <EditProfile profile={profile} onClose={close} />}
      {open.value === "share" && <ShareProfile profile={profile} onClose={close} />}
    </li>
  );
}
