import type { JSX } from "preact";
import { t } from "../../platform/i18n.ts";
import { siteName } from "../../shared/site/site-name.ts";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { Icon } from "../../ui/icon.tsx";
import { OriginName } from "../../ui/sites/origin-name.tsx";
import { SkeletonRows } from "../../ui/skeleton-rows.tsx";
import type { Owner } from "../../ui/state/owner.ts";
import { formatRoute } from "../route.ts";
import { GrantFacts } from "./grant-facts.tsx";
import { Ledger } from "./ledger.tsx";
import { SiteData } from "./site-data.tsx";
import { SiteNotices } from "./site-notices.tsx";
import { SiteState } from "./site-state.tsx";
import { SiteTools } from "./site-tools.tsx";
import { SiteUse } from "./site-use.tsx";
import type { Sites } from "./use-sites.ts";

interface SitePageProps {
  owner: Owner;
  origin: string;
  sites: Sites;
  notices: JSX.Element;
}

/** One site: what it may do, what it did, and what it stored. Also of one that is connected no more: what it stored is there. */
export function SitePage({ owner, origin, sites: { rows, error, reload }, notices }: SitePageProps) {
  const row = rows?.find(({ grant }) => grant.origin === origin) ?? null;
  const site = siteName(origin);
  const area = `apps/${site ?? ""}/`;
  return (
    <div class="place">
      <main class="place-main sites-page">
        <Way />
        <div class="site-head">
          <h1>
            <OriginName origin={origin} />
          </h1>
          {row !== null && <SiteState row={row} />}
          {row !== null && <SiteTools owner={owner} row={row} area={area} onChanged={reload} />}
        </div>
        {notices}
        {error && <ErrorPanel error={error} onRetry={() => void reload()} />}
        {rows === null && error === null && <SkeletonRows count={8} />}
        {rows !== null && row === null && <p class="notice">{t("site_not_there")}</p>}
        {row !== null && (
          <>
            <SiteNotices row={row} onChanged={reload} />
            <div class="site-columns">
              <GrantFacts row={row} area={area} />
              <SiteUse days={row.days} lastAccess={row.lastAccess} />
            </div>
          </>
        )}
        {rows !== null && <Ledger owner={owner} origin={origin} title={t("sites_ledger")} />}
        {rows !== null && site !== null && <SiteData owner={owner} origin={origin} area={area} />}
      </main>
    </div>
  );
}

/** Where one is, and the way up. */
function Way() {
  return (
    <nav class="crumbs site-way" aria-label={t("breadcrumbs")}>
      <ol>
        <li>
          <Icon name="arrow-left" />
          <a href={formatRoute({ page: "sites", open: null })}>{t("sites")}</a>
        </li>
      </ol>
    </nav>
  );
}
