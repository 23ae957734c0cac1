/** Connected sites: who may ask what, and what the person decides about it. */
import type { SitesView } from "../../messaging/sites-view.ts";
import { setAlarm } from "../../platform/alarms.ts";
import { reachOf } from "../../profiles/reach-of.ts";
import { grantState } from "../../shared/site/site-grant.ts";
import { sitePattern } from "../../shared/site/site-pattern.ts";
import type { GrantBook } from "../../sites/grant-book.ts";
import { createGrantBook } from "../../sites/idb-grant-book.ts";
import { createSites } from "../../sites/sites.ts";
import { alarms } from "../alarm-names.ts";
import type { Services } from "../services.ts";
import { createBookCache } from "./book-cache.ts";
import { createSiteAreas, type SiteAreas } from "./site-areas.ts";
import { createConsent, grantOf, type SiteConsent } from "./site-consent.ts";
import { createSiteData, type SiteData } from "./site-data.ts";
import { createSiteDocuments, type SiteDocuments } from "./site-documents.ts";
import { createSiteStorages } from "./site-storages.ts";

export interface SiteDesk extends Pick<SiteDocuments, "open"> {
  book: GrantBook;
  consent: SiteConsent;
  data: SiteData;
  areas: SiteAreas;
  /** The match pattern of an origin's host. */
  pattern(origin: string): string;
  /** @throws HoldallError `name-*` for a folder that is none */
  grantOf: typeof grantOf;
  /** Match patterns of the hosts that a profile reaches. */
  reachOf: typeof reachOf;
  /** Brings the view in line with the grants of who is shown, and the alarm with their ends. */
  publish(): Promise<void>;
  /** A grant changed or ended: what is under way for it ends, and its documents are told. */
  ended(origin: string, reason: "revoked" | "paused" | "changed"): void;
  /** Nobody, or somebody else, is signed in by now. */
  signedOut(): void;
  /** The alarm rang. */
  expire(): Promise<void>;
}

export type SiteServices = Omit<Services, "captures" | "checks" | "sites">;

export function connectSites(services: SiteServices): SiteDesk {
  const book = createBookCache(createGrantBook());
  const storages = createSiteStorages(services);
  const consent = createConsent(services, book, publish);
  const areas = createSiteAreas(services);
  const sites = createSites({
    beforeWrite: (owner, { origin }) => areas.note(owner, origin),
    book,
    owner: services.owner,
    storage: storages.of,
    ask: consent.ask,
    changed: (origin, what, by) => documents.tell(origin, { name: "change", ...what }, by),
    now: () => Date.now(),
  });
  const documents: SiteDocuments = createSiteDocuments(
    sites,
    async (origin) => (await book.origins()).includes(origin),
    services.badge.site,
  );
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
    const ends = grants.flatMap(({ until }) => (until !== null && until > now ? [until] : []));
    if (ends.length > 0) setAlarm(alarms.sites, Math.min(...ends));
  }

  return {
    open: documents.open,
    book,
    consent,
    pattern: sitePattern,
    grantOf,
    reachOf,
    areas,
    data: createSiteData(services, book, storages, areas, (origin, what) =>
      documents.tell(origin, { name: "change", ...what }),
    ),
    publish,
    ended(origin, reason) {
      storages.forget();
      told.delete(origin);
      documents.abort(origin);
      if (reason !== "changed") documents.tell(origin, { name: "disconnect", reason });
      if (reason === "revoked") documents.end(origin);
    },
    signedOut() {
      storages.forget();
      documents.abort(null);
      for (const origin of documents.origins()) documents.tell(origin, { name: "disconnect", reason: "signed-out" });
    },
    async expire() {
      const owner = await services.owner();
      const grants = owner === null ? [] : await book.grants(owner);
      const over = grants.filter((grant) => grantState(grant, Date.now()) === "expired").map(({ origin }) => origin);
      for (const origin of over.filter((one) => !told.has(one))) {
        storages.forget();
        documents.abort(origin);
        documents.tell(origin, { name: "expired" });
      }
      told = new Set(over);
      await publish();
    },
  };
}
