import { t } from "../../platform/i18n.ts";
import { pendingStatus } from "../../ui/captures/pending-status.ts";
import { count } from "../../ui/format/count.ts";
import type { Standing } from "./standing.ts";
import type { TakenKind } from "./taking.ts";

/** Where a capture stands, in words. */
export function standingText(standing: Standing, kind: TakenKind): string {
  switch (standing.at) {
    case "starting":
      return kind === "bookmark" ? t("capture_sending") : reading(kind);
    case "pending":
      return pendingStatus(standing.capture);
    case "kept":
      return t("capture_kept");
    case "saved":
      return standing.row.missing > 0 ? t("capture_saved_partly", count(standing.row.missing)) : t("capture_saved");
    case "known":
      return t("capture_known");
    case "skipped":
      return t("capture_skipped");
    case "discarded":
      return t("capture_discarded");
    case "refused":
    case "unknown":
      return t("capture_failed");
  }
}

function reading(kind: TakenKind): string {
  return kind === "screenshot" || kind === "page-screenshot" ? t("capture_drawing") : t("capture_reading");
}
