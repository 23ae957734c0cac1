import type { NameConflict } from "../../../messaging/captures-view.ts";
import { t } from "../../../platform/i18n.ts";

/** What happens when a name is taken: as choices, and each as a line. */
export const nameTaken: [value: NameConflict, choice: () => string, line: () => string][] = [
  ["keep-both", () => t("keep_both"), () => t("name_clash_keep_both_line")],
  ["replace", () => t("replace"), () => t("name_clash_replace_line")],
  ["skip", () => t("skip"), () => t("name_clash_skip_line")],
  ["ask", () => t("name_clash_ask"), () => t("name_clash_ask_line")],
];

export function nameTakenLine(value: NameConflict): string {
  return nameTaken.find(([one]) => one === value)?.[2]() ?? "";
}
