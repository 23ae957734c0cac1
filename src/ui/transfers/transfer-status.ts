import type { TransferView } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { errorText } from "../error-text.ts";
import { byteSize, byteSpeed, sizeShare } from "../format/byte-size.ts";
import { timeLeft } from "../format/duration.ts";

/** What a transfer is doing, in words. */
export function transferStatus({ state, direction, waitsFor, error, deduplicated }: TransferView): string {
  const up = direction === "upload";
  switch (state) {
    case "staging":
      return t("transfer_staging");
    case "queued":
      return t("transfer_queued");
    case "running":
      return up ? t("transfer_sending") : t("transfer_fetching");
    case "verifying":
      return up ? t("transfer_verifying") : t("transfer_writing");
    case "paused":
      return t("transfer_paused");
    case "waiting":
      if (waitsFor === "sign-in") return t("transfer_waits_sign_in");
      // What answers in S3's place, or asks to slow down, is not told by "network".
      if (waitsFor === "network" && (error === null || error.code === "offline")) return t("transfer_waits_network");
      if (waitsFor === "file") return t("transfer_waits_file");
      if (waitsFor === "permission") return t("transfer_waits_permission");
      return error === null ? t("transfer_waiting") : errorText(error).what;
    case "done":
      if (deduplicated) return t("transfer_deduplicated");
      return up ? t("transfer_uploaded") : t("transfer_saved");
    case "failed":
      return error === null ? t("transfer_failed") : errorText(error).what;
    case "cancelled":
      return t("transfer_cancelled");
  }
}

/** How far it is: sent (while it is only copied, copied) of size, speed, time left. */
export function transferNumbers({ state, size, sent, staged, speed, secondsLeft }: TransferView): string {
  if (state === "staging") return sizeShare(staged, size);
  if (state !== "running" || sent === 0) return sent > 0 && sent < size ? sizeShare(sent, size) : byteSize(size);
  return [sizeShare(sent, size), speed !== null && byteSpeed(speed), secondsLeft !== null && timeLeft(secondsLeft)]
    .filter(Boolean)
    .join(" · ");
}
