import { call } from "../../messaging/client.ts";
import { t } from "../../platform/i18n.ts";
import { requestHosts } from "../../platform/permissions.ts";
import { sitePattern } from "../../shared/site/site-pattern.ts";
import { shortOrigin } from "../../ui/sites/origin-parts.ts";
import { showToast } from "../../ui/state/toasts.ts";
import { said } from "../../ui/storage/session-actions.ts";
import { pageTab } from "../page-tab.ts";

/**
 * The click on "Connect this site". The background is told before the browser asks, and is not waited for: the question has to
 * come from the click itself, and Chromium closes the popup over it. The consent window is the background's.
 * @param held was the host allowed already?
 */
export function connectSite(profile: string, origin: string, held: boolean): void {
  const tab = pageTab();
  if (tab === null) return;
  const told = call("sites.connect", { profile, tab: tab.id, held });
  const asked = requestHosts([sitePattern(origin)]);
  told.catch(said("site_connect_failed"));
  void asked.then(async (given) => {
    if (!given) showToast(t("site_not_permitted", shortOrigin(origin)));
    // The window that asks is in front then.
    else if (
      await told.then(
        () => true,
        () => false,
      )
    )
      close();
  });
}
