import type { PendingCapture } from "../../messaging/captures-view.ts";
import { t } from "../../platform/i18n.ts";
import { byteSize, sizeShare } from "../format/byte-size.ts";

/** What a capture under way is doing, in words; of one that failed its error says more. */
export function pendingStatus({ state, kind, received, total }: PendingCapture): string {
  switch (state) {
    case "taking":
      if (kind === "screenshot" || kind === "page-screenshot") return t("capture_drawing");
      if (kind === "selection" || kind === "page") return t("capture_reading");
      if (received === 0) return t("capture_fetching");
      return t("capture_fetched", total === null ? byteSize(received) : sizeShare(received, total));
    case "kept":
      return t("capture_kept");
    case "sending":
      return t("capture_sending");
    case "failed":
      return t("capture_failed");
  }
}

/** How much of it is done, 0 to 1; null when nobody knows, undefined when nothing moves. */
export function pendingShare({ state, received, total }: PendingCapture): number | null | undefined {
  if (state === "kept" || state === "failed") return undefined;
  if (state === "sending" || total === null || total === 0) return null;
  return Math.min(1, received / total);
}
