import { t } from "../../platform/i18n.ts";
import type { Autosave } from "./autosave.ts";

/** Whether what is typed is written already, in a word. */
export function wordsStatus(state: Autosave<unknown>["state"]["value"]): string {
  if (state === "saved") return t("words_saved");
  if (state === "failed") return t("words_not_saved");
  return state === "idle" ? "" : t("words_saving");
}
