/** Brings the view in line with profiles and sessions, and never shows anything of somebody who is not signed in. */
import { noCaptures } from "../messaging/captures-view.ts";
import { noChecks } from "../messaging/checks-view.ts";
import { noSites } from "../messaging/sites-view.ts";
import { emptyView, noTransfers, type SessionView, type View } from "../messaging/view.ts";
import { summariesOf } from "../profiles/summaries.ts";
import { log } from "../shared/log.ts";
import { type Owner, ownerOf, sameOwner } from "./owner.ts";
import type { Services } from "./services.ts";
import { setAside, wipeTraces } from "./wipe-traces.ts";

/**
 * Follows the sessions from now on. The returned function shows profiles and session anew: at the start, and after the
 * profiles changed.
 */
export function createShow(services: Services): () => Promise<void> {
  const { view, profiles, sessions, recent, transfers, captures, checks, sites } = services;

  function update(change: Partial<Pick<View, "profiles" | "activeProfile" | "session">>): void {
    const before = view.current();
    const after = { ...before, ...change };
    const same = sameOwner(ownerOf(before), ownerOf(after));
    const moved = before.activeProfile !== after.activeProfile || !same;
    if (!same) recent.clear();
    if (moved) checks.forget();
    view.update({
      ...change,
      ...(!same && { recent: emptyView.recent, transfers: noTransfers, captures: noCaptures, sites: noSites }),
      ...(moved && { checks: noChecks }),
    });
    const shown = ownerOf(after);
    if (!same) sites.moved(ownerOf(before) !== null, shown !== null).catch((error) => log.warn("sites", error));
    if (moved && before.revision > 0) captures.publish().catch((error) => log.warn("captures", error));
    if (shown === null || after.session.state !== "signed-in") return;
    const { state, filesError, itemsError } = view.current().recent;
    const back = !same || before.session.state !== "signed-in";
    const wanted = state !== "loaded" || (back && (filesError !== null || itemsError !== null));
    if (wanted) recent.load(shown).catch((error) => log.warn("recent rows", error));
    if (back) goOn(shown, same && before.session.state === "renewing");
  }

  /** @param renewed nobody signed in: the session went on */
  function goOn(shown: Owner, renewed: boolean): void {
    transfers
      .resume()
      // A damaged journal of theirs keeps nothing from the captures.
      .catch((error) => log.warn("transfers", error))
      .then(() => (renewed ? captures.resume() : captures.signedIn(shown)))
      .catch((error) => log.warn("captures", error));
  }

  sessions.onChange((profile: string, session: SessionView) => {
    if (profile === view.current().activeProfile) update({ session });
    if (session.state !== "signed-out") return;
    sites.signedOut(profile, session.locked === true).catch((error) => log.warn("sites", error));
    const gone = session.locked ? setAside(services, profile) : wipeTraces(services, profile);
    gone.catch((error) => log.warn("traces", error));
  });

  return async () => {
    const [kept, active] = await Promise.all([profiles.list(), profiles.active()]);
    const session = active === null ? emptyView.session : await sessions.state(active.id);
    update({
      profiles: summariesOf(kept),
      activeProfile: active?.id ?? null,
      session,
    });
    // A journal that cannot be opened takes the transfers away and nothing else.
    await transfers.publish().catch((error) => log.warn("transfers", error));
  };
}
