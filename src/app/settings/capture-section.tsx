import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../platform/i18n.ts";
import type { HoldallError } from "../../shared/holdall-error.ts";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { asHoldallError } from "../../ui/error-text.ts";
import type { CaptureChoices } from "./captures/capture-choices.tsx";

/** What is saved of pages, and how it is named. The code comes when the settings are opened: most never need it. */
export function CaptureSection({ profile }: { profile: string }) {
  const ready = useSignal<{ CaptureChoices: typeof CaptureChoices } | null>(null);
  const error = useSignal<HoldallError | null>(null);
  useEffect(() => {
    import("./captures/capture-choices.tsx").then(
      (part) => (ready.value = part),
      (cause) => (error.value = asHoldallError(cause)),
    );
  }, []);
  return (
    <section aria-labelledby="settings-captures">
      <h2 id="settings-captures">{t("captures")}</h2>
      <p class="muted">{t("captures_hint")}</p>
      {error.value && <ErrorPanel error={error.value} />}
      {ready.value && <ready.value.CaptureChoices key={profile} profile={profile} />}
    </section>
  );
}
