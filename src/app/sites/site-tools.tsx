import { useSignal } from "@preact/signals";
import type { SiteRow } from "../../messaging/sites-view.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { endSite, pauseSite } from "../../ui/sites/site-actions.ts";
import type { Owner } from "../../ui/state/owner.ts";
import { ChangeTerms } from "./change-terms.tsx";

interface SiteToolsProps {
  owner: Owner;
  row: SiteRow;
  /** The path of the site's own area in the folder. */
  area: string;
  onChanged: () => Promise<void>;
}

/** Change, pause, end. */
export function SiteTools({ owner, row, area, onChanged }: SiteToolsProps) {
  const changing = useSignal(false);
  const { origin } = row.grant;
  const paused = row.state === "paused";
  const then = (done: boolean) => void (done && onChanged());
  return (
    <div class="bar-tools">
      <Button
        icon="settings"
        onClick={() => {
          changing.value = true;
        }}
      >
        {t("site_change")}
      </Button>
      {row.state !== "expired" && (
        <Button icon={paused ? "play" : "pause"} onClick={() => void pauseSite(owner, origin, !paused).then(then)}>
          {paused ? t("resume") : t("pause")}
        </Button>
      )}
      <Button icon="x" kind="danger" onClick={() => void endSite(owner, origin).then(then)}>
        {t("site_end_more")}
      </Button>
      {changing.value && (
        <ChangeTerms
          owner={owner}
          row={row}
          area={area}
          onClose={() => {
            changing.value = false;
          }}
          onChanged={onChanged}
        />
      )}
    </div>
  );
}
