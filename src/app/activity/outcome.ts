import { t } from "../../platform/i18n.ts";
import type { ActivityEntry } from "../../shared/activity.ts";
import type { IconName } from "../../ui/icon-paths.ts";

/** How a request ended: a word, and a colour and a shape for it. */
export interface Outcome {
  kind: "good" | "neutral" | "bad";
  icon: IconName;
  word: string;
}

type Known = Pick<ActivityEntry, "action" | "status" | "error" | "received">;

const bad = (word: string): Outcome => ({ kind: "bad", icon: "alert", word });

export function outcomeOf({ action, status, error, received }: Known): Outcome {
  if (error === "cancelled") return { kind: "neutral", icon: "x", word: t("outcome_cancelled") };
  if (error !== null) return bad(errorWord(error));
  if (status === null && received !== null) return { kind: "good", icon: "check", word: t("outcome_answered") };
  if (status === null) return { kind: "neutral", icon: "chevron-right", word: t("outcome_redirected") };
  if (status < 300) return { kind: "good", icon: "check", word: `${status} ${t("outcome_ok")}` };
  if (status < 400) return { kind: "neutral", icon: "chevron-right", word: `${status} ${t("outcome_redirected")}` };
  // Before an upload it is asked whether the name is free. To those who may list their own folder alone S3 says so by a 403.
  if (action === "HeadObject" && (status === 404 || status === 403)) {
    const word = status === 404 ? t("outcome_missing") : t("outcome_missing_or_denied");
    return { kind: "neutral", icon: "question", word: `${status} ${word}` };
  }
  return bad(`${status} ${statusWord(status)}`);
}

export const hasFailed = (entry: Known) => outcomeOf(entry).kind === "bad";

function statusWord(status: number): string {
  switch (status) {
    case 401:
    case 403:
      return t("outcome_denied");
    case 404:
      return t("outcome_missing");
    case 412:
      return t("outcome_condition");
    case 429:
    case 503:
      return t("outcome_throttled");
    default:
      return status >= 500 ? t("outcome_server") : t("outcome_refused");
  }
}

/** Codes of the browser's own failures have a word; others are told as they are. */
function errorWord(error: string): string {
  switch (error) {
    case "unreachable":
      return t("outcome_no_answer");
    case "offline":
      return t("outcome_offline");
    case "timeout":
    case "stalled":
      return t("outcome_timeout");
    case "permission-needed":
      return t("outcome_not_allowed");
    case "closed":
      return t("outcome_closed");
    case "needs-person":
      return t("outcome_needs_person");
    case "unloadable":
      return t("outcome_unloadable");
    case "unreadable":
      return t("outcome_unreadable");
    case "host-lost":
      return t("outcome_host_lost");
    case "full":
      return t("outcome_no_room");
    default:
      return error;
  }
}
