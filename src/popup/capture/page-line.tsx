import { useEffect } from "preact/hooks";
import type { CaptureRow } from "../../messaging/captures-view.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { count } from "../../ui/format/count.ts";
import { exactTime, relativeTime } from "../../ui/format/relative-time.ts";
import { Icon } from "../../ui/icon.tsx";
import { now } from "../../ui/state/now.ts";
import type { Owner } from "../../ui/state/owner.ts";
import { leaveTo } from "../leave-to.ts";
import { canCapture, pageTab } from "../page-tab.ts";
import { loadSavedHere, savedHere } from "./saved-here.ts";
import { earlyWords, taking } from "./taking.ts";

/** One line, always there: what is known of the page in view, or why nothing can be done with it. */
export function PageLine({ owner }: { owner: Owner | null }) {
  useEffect(() => {
    // Without the mirror's word the line stays empty: nobody is worse off.
    if (owner !== null) loadSavedHere(owner).catch(() => null);
  }, [owner?.profile, owner?.identity]);
  const able = canCapture("any");
  const opened = earlyWords.value !== null;
  return (
    <div class="page-line">
      <div class="grow">{able ? owner === null ? <Keeps /> : <Saved rows={savedHere.value} /> : <Obstacle />}</div>
      {able && taking.value === null && (
        <Button
          kind="quiet"
          aria-expanded={opened}
          aria-controls={opened ? "capture-card" : undefined}
          onClick={() => {
            earlyWords.value = opened ? null : { tags: [], note: "" };
          }}
        >
          {t("words_first")}
        </Button>
      )}
    </div>
  );
}

function Obstacle() {
  return <p class="small muted">{pageTab() === null ? t("page_none") : t("page_closed")}</p>;
}

function Keeps() {
  return <p class="small muted">{t("page_keeps")}</p>;
}

function Saved({ rows }: { rows: CaptureRow[] | null }) {
  const newest = rows?.[0];
  if (rows === null || newest === undefined) return null;
  return (
    <button
      type="button"
      class="page-saved small"
      title={exactTime(newest.at)}
      onClick={() => void leaveTo(`/captures/${newest.id}`)}
    >
      <Icon name="check" />
      <span class="clip">
        {savedWhen(newest.at)}
        {rows.length > 1 && ` · ${t("captures_many", count(rows.length))}`}
      </span>
    </button>
  );
}

/** Both in words that a sentence takes: "Saved 5 min ago", "Saved on 12 Nov". Milliseconds since the epoch. */
function savedWhen(at: number): string {
  const age = now.value - at;
  if (age < 60_000) return t("saved_now");
  const when = relativeTime(at, now.value);
  return age < 24 * 3_600_000 ? t("saved_ago", when) : t("saved_on", when);
}
