import type { SiteRow } from "../../messaging/sites-view.ts";
import { t } from "../../platform/i18n.ts";
import { byteSize } from "../../ui/format/byte-size.ts";
import { count } from "../../ui/format/count.ts";
import { type RowAction, RowList } from "../../ui/row-list.tsx";
import { grantSummary } from "../../ui/sites/grant-words.ts";
import { OriginName } from "../../ui/sites/origin-name.tsx";
import { shortOrigin } from "../../ui/sites/origin-parts.ts";
import { endSite, pauseSite, permitSite, removeSite } from "../../ui/sites/site-actions.ts";
import { now } from "../../ui/state/now.ts";
import type { Owner } from "../../ui/state/owner.ts";
import { Time } from "../../ui/time.tsx";
import { goTo } from "../route.ts";
import { costOf } from "./prices.ts";
import { SiteState } from "./site-state.tsx";
import { bytesOf, dollars, lastDays, sumOf, todayOf } from "./use-figures.ts";

interface SiteListProps {
  owner: Owner;
  rows: SiteRow[];
  onChanged: () => Promise<void>;
}

/** Every connected site: its state, what it may do, and how much it does. */
export function SiteList({ owner, rows, onChanged }: SiteListProps) {
  return (
    <RowList
      label={t("sites")}
      kind="sites"
      columns={[t("sites_site"), t("sites_state"), t("sites_may"), t("sites_today"), t("sites_cost"), t("sites_last")]}
      rows={rows}
      keyOf={originOf}
      nameOf={(row) => shortOrigin(originOf(row))}
      cells={cellsOf}
      actions={(row) => actionsOf(owner, row, onChanged)}
      onOpen={(row) => goTo({ page: "sites", open: originOf(row) })}
      onDelete={(row) => void takeOff(owner, row).then((done) => (done ? onChanged() : undefined))}
    />
  );
}

const takeOff = (owner: Owner, { grant: { origin }, state }: SiteRow) =>
  state === "expired" ? removeSite(owner, origin) : endSite(owner, origin);

const originOf = ({ grant }: SiteRow) => grant.origin;

function cellsOf(row: SiteRow) {
  const { grant, lastAccess, days } = row;
  const today = todayOf(days, now.value);
  const month = sumOf(lastDays(days, now.value));
  return [
    <span key="site" class="clip" title={grant.origin}>
      <OriginName origin={grant.origin} />
    </span>,
    <SiteState key="state" row={row} />,
    <span key="may" class="clip" title={grantSummary(grant)}>
      {grantSummary(grant)}
    </span>,
    <span key="today" class="clip">
      {today.requests === 0 ? t("sites_none_today") : t("sites_uses", count(today.requests), byteSize(bytesOf(today)))}
    </span>,
    dollars(costOf(month)),
    lastAccess === null ? t("sites_never") : <Time key="last" at={lastAccess} />,
  ];
}

function actionsOf(owner: Owner, row: SiteRow, onChanged: () => Promise<void>): RowAction[] {
  const { origin } = row.grant;
  const name = shortOrigin(origin);
  const then = (done: boolean) => void (done && onChanged());
  const actions: RowAction[] = [
    { label: t("sites_open"), icon: "chevron-right", run: () => goTo({ page: "sites", open: origin }) },
  ];
  if (!row.permitted && row.state !== "expired") {
    const run = () => void permitSite(origin).then(then);
    actions.push({ label: t("site_permit"), name: t("site_permit_name", name), icon: "key", run });
  }
  if (row.state === "active") {
    const run = () => void pauseSite(owner, origin, true).then(then);
    actions.push({ label: t("pause"), name: t("site_pause_name", name), icon: "pause", run });
  }
  if (row.state === "paused") {
    const run = () => void pauseSite(owner, origin, false).then(then);
    actions.push({ label: t("resume"), name: t("site_resume_name", name), icon: "play", run });
  }
  const expired = row.state === "expired";
  const label = expired ? t("remove") : t("site_end_more");
  const run = () => void takeOff(owner, row).then(then);
  actions.push({ label, icon: expired ? "trash" : "x", danger: true, divided: true, run });
  return actions;
}
