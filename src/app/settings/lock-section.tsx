import { useSignal } from "@preact/signals";
import { useEffect, useId } from "preact/hooks";
import { call } from "../../messaging/client.ts";
import type { LockSettings } from "../../messaging/session-protocol.ts";
import { t } from "../../platform/i18n.ts";
import type { HoldallError } from "../../shared/holdall-error.ts";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { asHoldallError } from "../../ui/error-text.ts";
import { SkeletonRows } from "../../ui/skeleton-rows.tsx";
import { useCommand } from "../../ui/state/use-command.ts";
import { LockChoices } from "./lock-choices.tsx";

/** When Holdall locks by itself. */
export function LockSection() {
  const settings = useSignal<LockSettings | null>(null);
  const load = useCommand(async () => {
    settings.value = await call("session.lockSettings", {});
  });
  const failed = useSignal<HoldallError | null>(null);
  // Choices may follow each other faster than they are kept: the last one counts.
  const choose = async (next: LockSettings) => {
    const before = settings.value;
    settings.value = next;
    failed.value = null;
    try {
      const { idleMinutes, onScreenLock } = next;
      await call("session.configureLock", { idleMinutes, onScreenLock });
    } catch (cause) {
      if (settings.value === next) settings.value = before;
      failed.value = asHoldallError(cause);
    }
  };
  const id = useId();
  useEffect(() => void load.run(), []);
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t("security")}</h2>
      {settings.value !== null && <LockChoices settings={settings.value} onChange={(next) => void choose(next)} />}
      {settings.value === null &&
        (load.error ? <ErrorPanel error={load.error} onRetry={() => void load.run()} /> : <SkeletonRows count={2} />)}
      {failed.value && <ErrorPanel error={failed.value} />}
    </section>
  );
}
