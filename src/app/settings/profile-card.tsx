import { call } from "../../messaging/client.ts";
import type { ProfileSummary } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { asHoldallError } from "../../ui/error-text.ts";
import { confirmed } from "../../ui/state/confirmation.ts";
import { showToast } from "../../ui/state/toasts.ts";
import { downloadText } from "./download-text.ts";

/** One profile: what it is, and what can be done with it. */
export function ProfileCard({ profile, active }: { profile: ProfileSummary; active: boolean }) {
  const { id, name, colour, issuer } = profile;
  const attempt = (action: Promise<unknown>) =>
    action.catch((error) => showToast(t("profile_not_changed", name), { error: asHoldallError(error) }));
  const copy = async () => {
    const { text } = await call("profiles.export", { id });
    await navigator.clipboard.writeText(text);
    showToast(t("copied"));
  };
  const save = async () => {
    const { text } = await call("profiles.export", { id });
    downloadText(text, `${name}.holdall.json`);
  };
  const remove = async () => {
    const ask = { title: t("profile_remove_title", name), text: t("profile_remove_text"), verb: t("profile_remove") };
    if (await confirmed(ask)) await call("profiles.remove", { id });
  };
  return (
    <li class="card">
      <span class="profile-dot" style={{ "--profile": colour }} />
      <div class="card-body">
        <h3 class="card-title">
          <bdi>{name}</bdi>
          {active && <span class="badge">{t("profile_active")}</span>}
        </h3>
        <bdi class="mono muted card-line">{issuer}</bdi>
        <div class="buttons">
          {!active && <Button onClick={() => attempt(call("profiles.select", { id }))}>{t("profile_use")}</Button>}
          <Button kind="quiet" icon="copy" aria-label={t("copy_name", name)} onClick={() => attempt(copy())}>
            {t("copy")}
          </Button>
          <Button kind="quiet" icon="download" aria-label={t("export_name", name)} onClick={() => attempt(save())}>
            {t("export")}
          </Button>
          <Button kind="quiet" icon="trash" aria-label={t("remove_name", name)} onClick={() => attempt(remove())}>
            {t("remove")}
          </Button>
        </div>
      </div>
    </li>
  );
}
