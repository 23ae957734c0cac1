import { useSignal } from "@preact/signals";
import { useEffect, useId } from "preact/hooks";
import { call } from "../../messaging/client.ts";
import type { ProfileSummary } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import type { HoldallError } from "../../shared/holdall-error.ts";
import { safeFileName } from "../../shared/safe-file-name.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { asHoldallError } from "../../ui/error-text.ts";
import { downloadText } from "../settings/download-text.ts";

/** A profile's text, to be copied, saved, or put where others fetch it. */
export function ShareProfile({ profile, onClose }: { profile: ProfileSummary; onClose: () => void }) {
  const text = useSignal("");
  const copied = useSignal(false);
  const error = useSignal<HoldallError | null>(null);
  const id = useId();
  const attempt = async (action: () => Promise<void>) => {
    error.value = null;
    await action().catch((cause) => (error.value = asHoldallError(cause)));
  };
  useEffect(() => {
    void attempt(async () => {
      text.value = (await call("profiles.export", { id: profile.id })).text;
    });
  }, []);
  const copy = () =>
    attempt(async () => {
      await navigator.clipboard.writeText(text.value);
      copied.value = true;
    });
  return (
    <Dialog title={t("share_name", profile.name)} onClose={onClose}>
      <div class="stack">
        <p>{t("share_no_secret")}</p>
        <div class="field">
          <label for={id}>{t("share_text")}</label>
          <textarea id={id} class="code profile-text" readOnly spellcheck={false} value={text.value} />
        </div>
        <p class="muted small">{t("share_link")}</p>
        {error.value && <ErrorPanel error={error.value} />}
        <div class="buttons end">
          <Button
            icon="download"
            onClick={() => downloadText(text.value, `${safeFileName(profile.name, "profile")}.holdall.json`)}
          >
            {t("share_save")}
          </Button>
          <Button kind="primary" icon={copied.value ? "check" : "copy"} onClick={copy}>
            {t(copied.value ? "copied" : "share_copy")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
