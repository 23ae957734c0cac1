/** What the person decided about a site, checked and made a grant. */
import { checkPath } from "../../shared/check-path.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import type { SiteGrant } from "../../shared/site/site-grant.ts";

/** What the person decides. */
export type Terms = Pick<SiteGrant, "files" | "items" | "folder" | "ownItems" | "until" | "limits">;

/**
 * The terms as a grant.
 * @throws HoldallError `name-*` for a folder that is none, `site-folder-taken`, `site-time-over`
 */
export function grantOf(
  { origin, identity, decided }: { origin: string; identity: string; decided: SiteGrant["decided"] },
  terms: Terms,
): SiteGrant {
  const { folder } = terms;
  const whole = folder === null || folder === "" ? null : folder.endsWith("/") ? folder : `${folder}/`;
  if (whole !== null) {
    checkPath(identity, whole);
    // Each site's own area lies there: another one would be given with it.
    if (whole.startsWith("apps/")) throw new HoldallError("site-folder-taken", { subs: [whole] });
    if (whole.split("/").slice(0, -1).includes("")) throw new HoldallError("name-empty");
  }
  const now = Date.now();
  // A yes that allows nothing is a mistake, and the page would be told it as a yes.
  if (terms.until !== null && terms.until <= now) throw new HoldallError("site-time-over");
  return { ...terms, origin, folder: whole, paused: false, grantedAt: now, decided };
}
