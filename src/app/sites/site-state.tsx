import type { SiteRow } from "../../messaging/sites-view.ts";
import { t } from "../../platform/i18n.ts";
import { Icon } from "../../ui/icon.tsx";
import type { IconName } from "../../ui/icon-paths.ts";

interface StateWords {
  icon: IconName;
  word: string;
  /** The class of its colour. */
  tone: "good" | "muted" | "warn";
}

function stateWords({ state, permitted }: Pick<SiteRow, "state" | "permitted">): StateWords {
  if (state === "expired") return { icon: "x", word: t("site_expired"), tone: "muted" };
  if (!permitted) return { icon: "alert", word: t("site_permission_missing"), tone: "warn" };
  if (state === "paused") return { icon: "pause", word: t("site_paused"), tone: "muted" };
  return { icon: "check", word: t("site_active"), tone: "good" };
}

/** A word with its shape and colour. */
export function SiteState({ row }: { row: SiteRow }) {
  const { icon, word, tone } = stateWords(row);
  return (
    <span class={`site-state ${tone}`}>
      <Icon name={icon} />
      <span class="clip">{word}</span>
    </span>
  );
}
