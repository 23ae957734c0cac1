import type { RefObject } from "preact";
import { call } from "../../messaging/client.ts";
import { t } from "../../platform/i18n.ts";
import type { ActivityEntry } from "../../shared/activity.ts";
import { Button } from "../../ui/button.tsx";
import { asHoldallError } from "../../ui/error-text.ts";
import { count } from "../../ui/format/count.ts";
import { openMenu } from "../../ui/menu.tsx";
import { confirmed } from "../../ui/state/confirmation.ts";
import { now } from "../../ui/state/now.ts";
import { showToast } from "../../ui/state/toasts.ts";
import { SearchField } from "../search-field.tsx";
import { downloadText } from "../settings/download-text.ts";
import { toCsv, toJson } from "./export-entries.ts";

interface ActivityHeadProps {
  all: ActivityEntry[];
  /** What the filter lets through: that is exported. */
  shown: ActivityEntry[];
  dropped: number;
  search: RefObject<HTMLInputElement | null>;
  text: string;
  onText: (text: string) => void;
  onCleared: () => void;
}

export function ActivityHead({ all, shown, dropped, search, text, onText, onCleared }: ActivityHeadProps) {
  const number = shown.length < all.length ? t("count_of", count(shown.length), count(all.length)) : count(all.length);
  return (
    <div class="bar">
      <h1>{t("activity")}</h1>
      {all.length > 0 && (
        <span class="small muted" role="status">
          {dropped === 0 ? number : t("activity_dropped", number, count(dropped))}
        </span>
      )}
      <SearchField input={search} label={t("activity_search")} text={text} onText={onText} />
      <div class="bar-tools">
        {all.length > 0 && (
          <Button
            icon="download"
            aria-haspopup="menu"
            aria-disabled={shown.length === 0}
            onClick={(event) => shown.length > 0 && openExport(event.currentTarget, shown)}
          >
            {t("activity_export")}
          </Button>
        )}
        {all.length > 0 && (
          <Button icon="trash" onClick={() => void clear(onCleared)}>
            {t("activity_clear")}
          </Button>
        )}
      </div>
    </div>
  );
}

function openExport(anchor: HTMLElement, entries: ActivityEntry[]): void {
  const name = `holdall-activity-${new Date(now.value).toISOString().slice(0, 10)}`;
  const oldestFirst = entries.toReversed();
  openMenu(anchor, t("activity_export"), [
    { label: t("activity_export_csv"), run: () => downloadText(toCsv(oldestFirst), `${name}.csv`, "text/csv") },
    { label: t("activity_export_json"), run: () => downloadText(toJson(oldestFirst), `${name}.json`) },
  ]);
}

async function clear(onCleared: () => void): Promise<void> {
  const verb = t("activity_clear");
  if (!(await confirmed({ title: t("activity_clear_title"), text: t("activity_clear_text"), verb }))) return;
  try {
    await call("activity.clear", {});
    onCleared();
  } catch (cause) {
    showToast(t("activity_not_cleared"), { error: asHoldallError(cause) });
  }
}
