import { call } from "../../messaging/client.ts";
import type { TransferView } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { Button, IconButton } from "../button.tsx";
import { ErrorDetails, RetryButton } from "../error-panel.tsx";
import { asHoldallError, errorText } from "../error-text.ts";
import { FileName } from "../file-name.tsx";
import { byteSize, byteSpeed } from "../format/byte-size.ts";
import { Icon } from "../icon.tsx";
import { showToast } from "../state/toasts.ts";

/** Nothing is to be pressed here: signing in, or the network's return, is what the transfer waits for. */
const goesOnByItself: ReadonlySet<string> = new Set(["signed-out", "session-ended", "offline"]);

type Order = "transfers.cancel" | "transfers.dismiss";

const failed = (error: unknown) => showToast(t("transfer_not_changed"), { error: asHoldallError(error) });
const order = (command: Order, id: string) => void call(command, { id }).catch(failed);
const retry = (id: string, ifExists?: "replace" | "keep-both") =>
  void call("transfers.retry", ifExists === undefined ? { id } : { id, ifExists }).catch(failed);

/** One upload or download: where it stands, and the buttons that fit. */
export function TransferRow({ transfer }: { transfer: TransferView }) {
  const { id, name, state, error } = transfer;
  const nameTaken = state === "failed" && error?.code === "file-exists";
  const moving = state === "running" || state === "queued" || state === "waiting";
  return (
    <li class={`transfer ${state}`}>
      <TransferIcon transfer={transfer} />
      <div class="transfer-body">
        <div class="transfer-line">
          <FileName name={name} />
          <span class={state === "failed" ? "small bad" : "small muted"}>{status(transfer)}</span>
        </div>
        {moving && <TransferProgress transfer={transfer} />}
        {error && !nameTaken && <p class="small">{errorText(error).fix}</p>}
        {nameTaken && (
          <NameTaken
            onReplace={() => retry(id, "replace")}
            onKeepBoth={() => retry(id, "keep-both")}
            onSkip={() => order("transfers.dismiss", id)}
          />
        )}
        {(state === "failed" || state === "waiting") && !nameTaken && error && (
          <div class="transfer-mend">
            {!goesOnByItself.has(error.code) && <RetryButton error={error} onRetry={() => retry(id)} />}
            <ErrorDetails error={error} />
          </div>
        )}
      </div>
      {moving ? (
        <IconButton icon="x" label={t("cancel_name", name)} onClick={() => order("transfers.cancel", id)} />
      ) : (
        <IconButton icon="x" label={t("dismiss_name", name)} onClick={() => order("transfers.dismiss", id)} />
      )}
    </li>
  );
}

function TransferIcon({ transfer: { state, direction } }: { transfer: TransferView }) {
  if (state === "done") return <Icon name="check" label={t("transfer_done")} />;
  if (state === "failed") return <Icon name="alert" label={t("transfer_failed")} />;
  const up = direction === "upload";
  return <Icon name={up ? "arrow-up" : "arrow-down"} label={t(up ? "direction_upload" : "direction_download")} />;
}

function TransferProgress({ transfer: { name, size, sent } }: { transfer: TransferView }) {
  // An empty file has no share to show; `max` must be more than 0.
  return <progress value={sent} max={Math.max(size, 1)} aria-label={t("progress_of", name)} />;
}

function status({ state, size, sent, speed, error }: TransferView): string {
  switch (state) {
    case "queued":
      return t("transfer_queued");
    case "waiting":
      return error === null ? t("transfer_waiting") : errorText(error).what;
    case "running": {
      const share = size > 0 ? `${Math.floor((sent / size) * 100)} %` : byteSize(sent);
      return speed === null ? share : `${share} · ${byteSpeed(speed)}`;
    }
    case "done":
      return byteSize(size);
    case "cancelled":
      return t("transfer_cancelled");
    case "failed":
      return error === null ? t("transfer_failed") : errorText(error).what;
  }
}

interface NameTakenProps {
  onReplace: () => void;
  onKeepBoth: () => void;
  onSkip: () => void;
}

/** Two files of one name: never decided silently. */
export function NameTaken({ onReplace, onKeepBoth, onSkip }: NameTakenProps) {
  return (
    <div class="buttons">
      <Button onClick={onKeepBoth}>{t("keep_both")}</Button>
      <Button onClick={onReplace}>{t("replace")}</Button>
      <Button kind="quiet" onClick={onSkip}>
        {t("skip")}
      </Button>
    </div>
  );
}
