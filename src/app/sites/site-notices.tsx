import type { SiteRow } from "../../messaging/sites-view.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { permitSite } from "../../ui/sites/site-actions.ts";

interface SiteNoticesProps {
  row: SiteRow;
  onChanged: () => Promise<void>;
}

/** Why the site may do nothing now, and what mends it. */
export function SiteNotices({ row, onChanged }: SiteNoticesProps) {
  const { origin } = row.grant;
  if (row.state === "expired") return <p class="notice">{t("site_expired_hint")}</p>;
  if (!row.permitted) {
    return (
      <div class="notice warn">
        <Icon name="alert" />
        <p class="grow">{t("site_permission_hint")}</p>
        <Button onClick={() => void permitSite(origin).then((held) => (held ? onChanged() : undefined))}>
          {t("site_permit")}
        </Button>
      </div>
    );
  }
  return row.state === "paused" ? <p class="notice">{t("site_paused_hint")}</p> : null;
}
