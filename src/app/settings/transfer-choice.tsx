import { useSignal } from "@preact/signals";
import { useEffect, useId } from "preact/hooks";
import { call } from "../../messaging/client.ts";
import { t } from "../../platform/i18n.ts";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { useCommand } from "../../ui/state/use-command.ts";

/** Whether bytes that are in the folder already are sent again. */
export function TransferChoice() {
  const sendOnce = useSignal<boolean | null>(null);
  const load = useCommand(async () => {
    sendOnce.value = (await call("transfers.settings", {})).sendOnce;
  });
  const choose = useCommand(async (next: boolean) => {
    const before = sendOnce.value;
    sendOnce.value = next;
    try {
      await call("transfers.configure", { sendOnce: next });
    } catch (error) {
      sendOnce.value = before;
      throw error;
    }
  });
  const id = useId();
  useEffect(() => void load.run(), []);
  const error = load.error ?? choose.error;
  return (
    <>
      <div class="choice">
        <input
          id={id}
          type="checkbox"
          class="check"
          aria-describedby={`${id}-cost`}
          checked={sendOnce.value === true}
          disabled={sendOnce.value === null}
          onChange={(event) => void choose.run(event.currentTarget.checked)}
        />
        <label for={id}>{t("send_once")}</label>
        <p id={`${id}-cost`} class="small muted">
          {t("send_once_cost")}
        </p>
      </div>
      {error && <ErrorPanel error={error} />}
    </>
  );
}
