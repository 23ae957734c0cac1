/** What popup and app do with a connected site. What fails is said; what works shows in the view. */
import { call } from "../../messaging/client.ts";
import { t } from "../../platform/i18n.ts";
import { requestHosts } from "../../platform/permissions.ts";
import { sitePattern } from "../../shared/site/site-pattern.ts";
import { confirmed } from "../state/confirmation.ts";
import type { Owner } from "../state/owner.ts";
import { showToast } from "../state/toasts.ts";
import { said } from "../storage/session-actions.ts";
import { shortOrigin } from "./origin-parts.ts";

/** True when it is done. */
export async function pauseSite({ profile }: Owner, origin: string, paused: boolean): Promise<boolean> {
  return await call("sites.pause", { profile, origin, paused }).then(() => true, failed("site_not_changed"));
}

/** Asks first: what a site has under way is lost. True when it is done. */
export async function endSite(owner: Owner, origin: string): Promise<boolean> {
  const yes = await confirmed({
    title: t("site_end_title", shortOrigin(origin)),
    text: t("site_end_text"),
    verb: t("site_end"),
    keep: t("site_end_not"),
  });
  return yes && (await revoke(owner, origin));
}

/** Of one whose time is over: nothing ends any more, it goes off the list. Asks first. True when it is done. */
export async function removeSite(owner: Owner, origin: string): Promise<boolean> {
  const title = t("site_remove_title", shortOrigin(origin));
  const yes = await confirmed({ title, text: t("site_remove_text"), verb: t("remove"), keep: t("site_end_not") });
  return yes && (await revoke(owner, origin));
}

function revoke({ profile }: Owner, origin: string): Promise<boolean> {
  return call("sites.revoke", { profile, origin }).then(() => true, failed("site_not_ended"));
}

/** Call it in the click itself. True when content scripts may run there. */
export async function permitSite(origin: string): Promise<boolean> {
  const held = await requestHosts([sitePattern(origin)]);
  if (!held) showToast(t("site_not_permitted", shortOrigin(origin)));
  return held;
}

const failed = (key: string) => (error: unknown) => {
  said(key)(error);
  return false;
};
