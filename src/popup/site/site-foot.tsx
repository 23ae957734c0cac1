import type { View } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { Behind } from "../behind.tsx";
import { pageOrigin } from "../page-tab.ts";

/** What the page in view may do with the person's storage. Its place is there from the start; nothing where no site can be connected. */
export function SiteFoot({ view, profile }: { view: View; profile: string }) {
  const origin = pageOrigin();
  if (origin === null) return null;
  return (
    <section class="site-foot" aria-label={t("site_in_view")}>
      <Behind draw={({ SiteLine }) => <SiteLine view={view} profile={profile} origin={origin} />} />
    </section>
  );
}
