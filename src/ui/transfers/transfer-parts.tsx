import type { TransferView } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { IconButton } from "../button.tsx";
import { Icon } from "../icon.tsx";
import { orders } from "./orders.ts";
import { canPause, hasEnded, isConflict, isQuestion, needsPerson } from "./transfer-kind.ts";

/** What is moved where, or how it ended, by shape and by name. */
export function TransferIcon({ transfer }: { transfer: TransferView }) {
  const { state, direction } = transfer;
  if (state === "done") return <Icon name="check" label={t("transfer_done")} />;
  if (isQuestion(transfer)) return <Icon name="question" label={t("transfer_needs_you")} />;
  if (needsPerson(transfer)) return <Icon name="alert" label={t("transfer_needs_you")} />;
  const up = direction === "upload";
  return <Icon name={up ? "arrow-up" : "arrow-down"} label={t(up ? "direction_upload" : "direction_download")} />;
}

/** Of what was sent or fetched; while a file is only copied, of that. */
export function TransferProgress({ transfer: { name, state, size, sent, staged } }: { transfer: TransferView }) {
  // An empty file has no share to show; `max` must be more than 0.
  return (
    <progress
      class={state}
      value={state === "staging" ? staged : sent}
      max={Math.max(size, 1)}
      aria-label={t("progress_of", name)}
    />
  );
}

/** Pause or resume, and the way off the list. */
export function TransferButtons({ transfer, tabIndex }: { transfer: TransferView; tabIndex?: number }) {
  const { id, name, state } = transfer;
  const ends = hasEnded(transfer);
  const shared = tabIndex === undefined ? {} : { tabIndex };
  return (
    <>
      {canPause(transfer) && !needsPerson(transfer) && (
        <IconButton {...shared} icon="pause" label={t("pause_name", name)} onClick={() => orders.pause([id])} />
      )}
      {state === "paused" && (
        <IconButton {...shared} icon="play" label={t("resume_name", name)} onClick={() => orders.unpause([id])} />
      )}
      {/* A taken name is skipped by a button of its own. */}
      {!isConflict(transfer) && (
        <IconButton
          {...shared}
          icon="x"
          label={t(ends ? "dismiss_name" : "cancel_name", name)}
          onClick={() => (ends ? orders.dismiss([id]) : orders.cancel([id]))}
        />
      )}
    </>
  );
}
