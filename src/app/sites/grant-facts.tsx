import type { SiteRow } from "../../messaging/sites-view.ts";
import { t } from "../../platform/i18n.ts";
import { Fact } from "../../ui/fact.tsx";
import { accessWord, limitWords, untilWords } from "../../ui/sites/grant-words.ts";
import { now } from "../../ui/state/now.ts";
import { Time } from "../../ui/time.tsx";
import { formatRoute } from "../route.ts";

/** What the site may do, in words. */
export function GrantFacts({ row: { grant }, area }: { row: SiteRow; area: string }) {
  const folder = grant.folder ?? area;
  return (
    <section class="card column site-card" aria-labelledby="site-grant">
      <h2 id="site-grant">{t("site_grant")}</h2>
      <dl class="facts">
        <Fact label={t("files")}>
          {accessWord(grant.files)}
          {grant.files !== "none" && (
            <a class="mono fact-path" href={formatRoute({ page: "files", prefix: folder, file: null })}>
              <bdi>{folder}</bdi>
            </a>
          )}
        </Fact>
        <Fact label={t("items")}>
          {accessWord(grant.items)}
          {grant.items !== "none" && (
            <span class={grant.ownItems ? "small warn" : "small muted"}>
              {grant.ownItems ? t("site_part_all_items") : t("site_part_own_items")}
            </span>
          )}
        </Fact>
        <Fact label={t("site_until")}>{untilWords(grant.until, now.value)}</Fact>
        <Fact label={t("site_limits")}>{limitWords(grant.limits)}</Fact>
        <Fact label={t("site_granted")}>
          <Time at={grant.grantedAt} />
        </Fact>
      </dl>
    </section>
  );
}
