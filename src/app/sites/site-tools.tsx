import { useSignal } from "@preact/signals";
import type { SiteRow } from "../../messaging/sites-view.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { endSite, pauseSite, removeSite } from "../../ui/sites/site-actions.ts";
import type { Owner } from "../../ui/state/owner.ts";
import { ChangeTerms } from "./change-terms.tsx";

interface SiteToolsProps {
  owner: Owner;
  row: SiteRow;
  /** The path of the site's own area in the folder. */
  area: string;
  onChanged: () => Promise<void>;
}

/** Change, pause, end; of one whose time is over: connect again, remove. */
export function SiteTools({ owner, row, area, onChanged }: SiteToolsProps) {
  const changing = useSignal(false);
  const { origin } = row.grant;
  const expired = row.state === "expired";
  const paused = row.state === "paused";
  const then = (done: boolean) => void (done && onChanged());
  return (
    <div class="bar-tools">
      <Button
        icon={expired ? "link" : "settings"}
        kind={expired ? "primary" : "plain"}
        onClick={() => {
          changing.value = true;
        }}
      >
        {expired ? t("site_connect_again") : t("site_change")}
      </Button>
      {!expired && (
        <Button icon={paused ? "play" : "pause"} onClick={() => void pauseSite(owner, origin, !paused).then(then)}>
          {paused ? t("resume") : t("pause")}
        </Button>
      )}
      {expired ? (
        <Button icon="trash" onClick={() => void removeSite(owner, origin).then(then)}>
          {t("remove")}
        </Button>
      ) : (
        <Button icon="x" kind="danger" onClick={() => void endSite(owner, origin).then(then)}>
          {t("site_end_more")}
        </Button>
      )}
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
