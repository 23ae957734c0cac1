import type { Handlers } from "../../messaging/server.ts";
import { holdsHosts } from "../../platform/permissions.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { log } from "../../shared/log.ts";
import { grantState, type SiteGrant } from "../../shared/site/site-grant.ts";
import { forOwner, ownerFor } from "../as-owner.ts";
import type { Services } from "../services.ts";

type Commands = Pick<Handlers, Extract<keyof Handlers, `sites.${string}`>>;

/** Rows of the ledger that come at once. */
const pageSize = 100;

export function siteCommands(services: Services): Commands {
  const { sites } = services;

  /** The grant of the shown owner. @throws HoldallError `site-unknown` */
  async function present(profile: string, origin: string) {
    const owner = await ownerFor(services, profile);
    const desk = await sites.desk();
    const grant = await desk.book.grant(owner, origin);
    if (grant === null) throw new HoldallError("site-unknown");
    return { owner, desk, grant };
  }

  async function keep(profile: string, origin: string, change: (grant: SiteGrant, identity: string) => SiteGrant) {
    const { owner, desk, grant } = await present(profile, origin);
    const next = change(grant, owner.identity);
    // Who only pauses gives nothing.
    if (!next.paused) await desk.consent.fits(owner, next);
    await desk.book.putGrant(owner, next);
    if (next.paused) desk.ended(origin, "paused");
    else desk.changed(grant, next);
    await desk.publish();
    return null;
  }

  return {
    "sites.connect": async ({ profile, tab, held }) => {
      await (await sites.desk()).consent.connect(profile, tab, held);
      return null;
    },
    "sites.consent": async ({ id }) => await (await sites.desk()).consent.view(id),
    "sites.allow": async ({ id, identity, ...terms }) => {
      const desk = await sites.desk();
      const { before, grant } = await desk.consent.allow(id, identity, terms);
      desk.changed(before, grant);
      return null;
    },
    "sites.refuse": async ({ id }) => {
      await (await sites.desk()).consent.refuse(id);
      return null;
    },
    "sites.signIn": async ({ id }) => {
      await (await sites.desk()).consent.signIn(id);
      return null;
    },
    "sites.list": ({ profile }) =>
      forOwner(services, profile, async (owner) => {
        const { book, pattern } = await sites.desk();
        const grants = await book.grants(owner);
        return await Promise.all(
          grants.map(async (grant) => ({
            grant,
            state: grantState(grant, Date.now()),
            permitted: await holdsHosts([pattern(grant.origin)]),
            lastAccess: await book.lastAccess(owner, grant.origin),
            days: (await book.use(owner, grant.origin)).slice(0, 30),
          })),
        );
      }),
    "sites.areas": ({ profile }) =>
      forOwner(services, profile, async (owner) => {
        const { areas, book } = await sites.desk();
        const connected = (await book.grants(owner)).map(({ origin }) => origin);
        return (await areas.origins(owner)).filter((origin) => !connected.includes(origin));
      }),
    "sites.change": async ({ profile, origin, ...terms }) => {
      const desk = await sites.desk();
      return await keep(profile, origin, (grant, identity) => ({
        ...desk.grantOf({ origin, identity, decided: desk.decidedOn(grant, null) }, terms),
        // Of one whose time is over, a pause is over with it: whoever connects it again means it to work.
        paused: grantState(grant, Date.now()) === "paused",
      }));
    },
    "sites.pause": ({ profile, origin, paused }) => keep(profile, origin, (grant) => ({ ...grant, paused })),
    "sites.revoke": async ({ profile, origin }) => {
      const { owner, desk } = await present(profile, origin);
      await desk.book.removeGrant(owner, origin);
      desk.ended(origin, "revoked");
      await desk.publish();
      await desk.consent.giveBack(origin).catch((error) => log.warn("sites", error));
      return null;
    },
    "sites.ledger": ({ profile, origin, cursor }) =>
      forOwner(services, profile, async (owner) => {
        const { book } = await sites.desk();
        return await book.ledger(owner, { origin, cursor, limit: pageSize });
      }),
    "sites.undo": ({ profile, id }) =>
      forOwner(services, profile, async (owner) => {
        await (await sites.desk()).data.undo(owner, id);
        return null;
      }),
    "sites.export": ({ profile, origin }) =>
      forOwner(services, profile, async (owner) => await (await sites.desk()).data.export(owner, origin)),
    "sites.deleteData": ({ profile, origin }) =>
      forOwner(services, profile, async (owner) => await (await sites.desk()).data.delete(owner, origin)),
  };
}

/** The profile is removed: nobody can revoke what it let sites do any more. */
export async function forgetSites(services: Pick<Services, "profiles" | "sites">, profile: string): Promise<void> {
  const desk = await services.sites.desk();
  const before = await desk.book.origins();
  await desk.book.forgetProfile(profile);
  const left = await desk.book.origins();
  for (const origin of before.filter((one) => !left.includes(one))) {
    desk.ended(origin, "revoked");
    await desk.consent.giveBack(origin);
  }
}
