import type { JSX } from "preact";
import type { View } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { SkeletonRows } from "../../ui/skeleton-rows.tsx";
import type { Owner } from "../../ui/state/owner.ts";
import { Ledger } from "./ledger.tsx";
import { LeftBehind } from "./left-behind.tsx";
import { NoSites } from "./no-sites.tsx";
import { SiteList } from "./site-list.tsx";
import { SitePage } from "./site-page.tsx";
import { useSites } from "./use-sites.ts";

interface SitesPageProps {
  view: View;
  owner: Owner;
  /** Origin of the site that is open. */
  open: string | null;
  notices: JSX.Element;
}

/** Who may use the person's storage, and what they did with it. */
export function SitesPage({ view, owner, open, notices }: SitesPageProps) {
  const sites = useSites(owner, view.sites);
  if (open !== null) return <SitePage key={open} owner={owner} origin={open} sites={sites} notices={notices} />;
  const { rows, error, reload } = sites;
  return (
    <div class="place">
      <main class="place-main sites-page">
        <div class="bar">
          <h1>{t("sites")}</h1>
        </div>
        {notices}
        {error && <ErrorPanel error={error} onRetry={() => void reload()} />}
        {rows === null && error === null && <SkeletonRows count={5} />}
        {rows !== null && rows.length > 0 && <SiteList owner={owner} rows={rows} onChanged={reload} />}
        {rows !== null && rows.length === 0 && <NoSites />}
        {rows !== null && <LeftBehind owner={owner} known={JSON.stringify(view.sites.connected)} />}
        {rows !== null && (
          <Ledger owner={owner} origin={null} title={t("sites_ledger_all")} quiet={rows.length === 0} />
        )}
      </main>
    </div>
  );
}
