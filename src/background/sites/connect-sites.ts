/** Connected sites: who may ask what, and what the person decides about it. */
import type { SitesView } from "../../messaging/sites-view.ts";
import { setAlarm } from "../../platform/alarms.ts";
import { holdsHosts } from "../../platform/permissions.ts";
import { log } from "../../shared/log.ts";
import { grantState, type SiteGrant } from "../../shared/site/site-grant.ts";
import { siteName } from "../../shared/site/site-name.ts";
import { sitePattern } from "../../shared/site/site-pattern.ts";
import { decidedOn } from "../../sites/decided.ts";
import type { GrantBook, SiteOwner } from "../../sites/grant-book.ts";
import { createGrantBook } from "../../sites/idb-grant-book.ts";
import { reservedKeys, widens } from "../../sites/judge.ts";
import { SiteProblem } from "../../sites/site-problem.ts";
import { createSites } from "../../sites/sites.ts";
import { alarms } from "../alarm-names.ts";
import type { PersonWrote } from "../recent.ts";
import type { Services } from "../services.ts";
import { createBookCache } from "./book-cache.ts";
import { grantOf } from "./grant-of.ts";
import { createSiteAreas, type SiteAreas } from "./site-areas.ts";
import { createConsent, type SiteConsent } from "./site-consent.ts";
import { createSiteData, type SiteData } from "./site-data.ts";
import { createSiteDocuments, type SiteDocuments } from "./site-documents.ts";
import { createSitePersons } from "./site-persons.ts";
import { createSiteStorages } from "./site-storages.ts";

export interface SiteDesk extends Pick<SiteDocuments, "open"> {
  book: GrantBook;
  consent: SiteConsent;
  data: SiteData;
  areas: SiteAreas;
  /** The match pattern of an origin's host. */
  pattern(origin: string): string;
  /** @throws HoldallError `name-*` for a folder that is none, `site-folder-taken`, `site-time-over` */
  grantOf: typeof grantOf;
  decidedOn: typeof decidedOn;
  /** Brings the view in line with the grants of who is shown, and the alarm with their ends. */
  publish(): Promise<void>;
  /** A grant ended: what is under way for it ends, and its documents are told. */
  ended(origin: string, reason: "revoked" | "paused"): void;
  /** A grant is another one: what is under way ends, unless all of that may go on. */
  changed(before: SiteGrant | null, after: SiteGrant): void;
  /** The person took permissions away: scripts that run already hear no more. */
  hostsRemoved(): Promise<void>;
  /** The person wrote in Holdall: told to the pages that see it. */
  personWrote(owner: SiteOwner, what: PersonWrote): Promise<void>;
  /** Nobody, or somebody else, is signed in by now. */
  signedOut(): void;
  /** The alarm rang. */
  expire(): Promise<void>;
}

/** What a page is told of a request that ended because of the person. */
const problems = {
  paused: () => new SiteProblem("refused", "The person has paused the connection."),
  revoked: () => new SiteProblem("not-connected", "The person has ended the connection."),
  changed: () => new SiteProblem("unavailable", "What the person allows was changed. Ask again."),
  expired: () => new SiteProblem("not-connected", "The time that the person gave is over."),
  signedOut: () => new SiteProblem("signed-out", "Nobody is signed in."),
};

export type SiteServices = Omit<Services, "captures" | "checks" | "sites">;

export function connectSites(services: SiteServices): SiteDesk {
  const book = createBookCache(createGrantBook());
  const storages = createSiteStorages(services);
  const consent = createConsent(services, book, publish);
  const areas = createSiteAreas(services);
  const persons = createSitePersons(services);
  const sites = createSites({
    beforeWrite: (owner, { origin }) => areas.note(owner, origin),
    book,
    owner: services.owner,
    storage: storages.of,
    ask: consent.ask,
    person: persons.of,
    changed: (origin, what, by) => documents.tell(origin, { name: "change", ...what }, by),
    now: () => Date.now(),
  });
  const documents: SiteDocuments = createSiteDocuments(
    sites,
    async (origin) => (await book.origins()).includes(origin) && (await holdsHosts([sitePattern(origin)])),
    (tab, origin) => services.badge.site(tab, origin !== null && isShown(origin)),
  );
  /** The person who is shown has connected it, and it may work now. */
  const isShown = (origin: string) =>
    services.view.current().sites.connected.some((one) => one.origin === origin && one.state === "active");
  let told = new Set<string>();

  async function publish(): Promise<void> {
    const owner = await services.owner();
    const grants = owner === null ? [] : await book.grants(owner);
    const now = Date.now();
    const connected: SitesView["connected"] = grants.map((grant) => {
      const { origin, files, items } = grant;
      return { origin, state: grantState(grant, now), files, items };
    });
    services.view.update({ sites: { connected, error: null } });
    documents.mark();
    const ends = grants.flatMap(({ until }) => (until !== null && until > now ? [until] : []));
    if (ends.length > 0) setAlarm(alarms.sites, Math.min(...ends));
  }

  /** To the documents that are for this person. */
  function tellChange(owner: SiteOwner, origin: string, what: PersonWrote): void {
    persons
      .of(owner, origin)
      .then((person) => documents.tell(origin, { name: "change", ...what }, { person }))
      .catch((error) => log.warn("sites", error));
  }

  function ended(origin: string, reason: "revoked" | "paused"): void {
    storages.forget(origin);
    told.delete(origin);
    documents.abort(origin, reason === "paused" ? problems.paused() : problems.revoked());
    documents.tell(origin, { name: "disconnect", reason });
    if (reason === "revoked") documents.end(origin, problems.revoked());
  }

  return {
    open: documents.open,
    book,
    consent,
    pattern: sitePattern,
    grantOf,
    decidedOn,
    areas,
    data: createSiteData(services, book, storages, areas, tellChange),
    publish,
    ended,
    changed(before, after) {
      const { origin } = after;
      told.delete(origin);
      if (before !== null && widens(before, after)) return;
      storages.forget(origin);
      documents.abort(origin, problems.changed());
    },
    async hostsRemoved() {
      await consent.register();
      for (const origin of documents.origins()) {
        if (!(await holdsHosts([sitePattern(origin)]))) ended(origin, "revoked");
      }
    },
    async personWrote(owner, { files, items }) {
      // Transfers of somebody who is not shown go on; pages serve who is.
      const shown = await services.owner();
      if (shown?.profile !== owner.profile || shown.identity !== owner.identity) return;
      for (const origin of documents.origins()) {
        const grant = await book.grant(owner, origin);
        if (grant === null || grantState(grant, Date.now()) !== "active") continue;
        const what = seenBy(grant, files, items);
        if (what.files.length + what.items.length > 0) tellChange(owner, origin, what);
      }
    },
    signedOut() {
      storages.forget(null);
      documents.abort(null, problems.signedOut());
      for (const origin of documents.origins()) documents.tell(origin, { name: "disconnect", reason: "signed-out" });
      documents.mark();
    },
    async expire() {
      const owner = await services.owner();
      const grants = owner === null ? [] : await book.grants(owner);
      const over = grants.filter((grant) => grantState(grant, Date.now()) === "expired").map(({ origin }) => origin);
      for (const origin of over.filter((one) => !told.has(one))) {
        storages.forget(origin);
        documents.abort(origin, problems.expired());
        documents.tell(origin, { name: "expired" });
      }
      told = new Set(over);
      await publish();
    },
  };
}

/** What of the person's files and items a site may read, named as it names them. */
function seenBy(grant: SiteGrant, files: string[], items: string[]): PersonWrote {
  const folder = grant.folder ?? `apps/${siteName(grant.origin)}/`;
  const inside = files.filter((path) => path.startsWith(folder) && path !== folder);
  return {
    files: grant.files === "none" ? [] : inside.map((path) => path.slice(folder.length)),
    items: grant.items === "none" || !grant.ownItems ? [] : items.filter((key) => !key.startsWith(reservedKeys)),
  };
}
