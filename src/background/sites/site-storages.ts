/** The part of a person's storage that a site was granted, with credentials of the site's own where the profile allows it. */
import type { Storage } from "../../aws/create-storage.ts";
import { versionOf } from "../../aws/items/version-of.ts";
import { grantedArea, type SiteVerb } from "../../setup/site-policy.ts";
import type { RoleCredentials } from "../../shared/credentials.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import type { Profile } from "../../shared/profile.ts";
import type { SiteAccess, SiteGrant } from "../../shared/site/site-grant.ts";
import { siteName } from "../../shared/site/site-name.ts";
import type { SiteStorage } from "../../sites/site-storage.ts";
import type { Owner } from "../owner.ts";
import type { Services } from "../services.ts";
import { exchangeForSite, sitePolicyIn } from "../site-session.ts";
import { putFile, readPiece } from "./site-bytes.ts";
import { unreserved } from "./unreserved-items.ts";

type Needs = Pick<Services, "activity" | "sessions" | "profiles" | "network" | "host">;

export interface SiteStorages {
  /** @throws HoldallError `signed-out`, and those of an exchange */
  of(owner: Owner, grant: SiteGrant): Promise<SiteStorage>;
  /** The site's own area with the person's own credentials: for what they do with it themselves. */
  own(owner: Owner, origin: string): Promise<{ storage: Storage; folder: string }>;
  /**
   * After a sign-out, a change of role or of a grant. Who holds a storage gets no credentials from it any more, so that nothing is
   * sent or tried again.
   * @param origin null: of all
   */
  forget(origin: string | null): void;
}

/** Milliseconds before their end at which credentials are good for nothing any more. */
const margin = 60_000;

const verbs: Record<SiteAccess, SiteVerb[]> = { none: [], read: ["read"], write: ["read", "write", "delete"] };

export function createSiteStorages(services: Needs): SiteStorages {
  const { activity, sessions, profiles, network } = services;
  const storages = new Map<string, Lease & { origin: string; storage: Promise<SiteStorage> }>();

  async function make(owner: Owner, grant: SiteGrant, lease: Lease): Promise<SiteStorage> {
    const profile = await profiles.get(owner.profile);
    const site = siteName(grant.origin);
    if (site === null) throw new HoldallError("message-refused");
    const area = grantedArea({ identity: owner.identity, site, folder: grant.folder, ownItems: grant.ownItems });
    const policy = policyOf(profile, owner, site, grant);
    const send = activity.fetch("other", owner.profile);
    const storage = activity.signedFor(
      owner.profile,
      network().createStorage({
        ...{ profile, identity: owner.identity, partition: area.partition, fetch: send },
        credentials: leased(
          lease,
          policy === null ? ownCredentials(sessions, owner) : siteCredentials(sessions, owner, policy),
        ),
      }),
    );
    return within(storage, area.folder.slice(owner.identity.length + 1), { send, host: services.host });
  }

  return {
    async of(owner, grant) {
      if ((await sessions.identity(owner.profile))?.id !== owner.identity) throw new HoldallError("signed-out");
      const { origin, files, items, folder, ownItems } = grant;
      const generation = await sessions.generation(owner.profile);
      const key = JSON.stringify([owner, generation, origin, files, items, folder, ownItems]);
      const known = storages.get(key);
      if (known !== undefined) return await known.storage;
      const lease: Lease = { ended: false };
      const storage = make(owner, grant, lease).catch((error) => {
        storages.delete(key);
        throw error;
      });
      storages.set(key, Object.assign(lease, { origin, storage }));
      return await storage;
    },
    async own(owner, origin) {
      if ((await sessions.identity(owner.profile))?.id !== owner.identity) throw new HoldallError("signed-out");
      const site = siteName(origin);
      if (site === null) throw new HoldallError("site-unknown");
      const area = grantedArea({ identity: owner.identity, site });
      const storage = activity.signedFor(
        owner.profile,
        network().createStorage({
          ...{ profile: await profiles.get(owner.profile), identity: owner.identity, partition: area.partition },
          ...{ fetch: activity.fetch("other", owner.profile), credentials: ownCredentials(sessions, owner) },
        }),
      );
      return { storage, folder: area.folder.slice(owner.identity.length + 1) };
    },
    forget(origin) {
      for (const [key, one] of storages) {
        if (origin !== null && one.origin !== origin) continue;
        one.ended = true;
        storages.delete(key);
      }
    },
  };
}

/** False when the names in a grant are too long for STS. */
export function policyFits(profile: Profile, owner: Owner, grant: SiteGrant): boolean {
  try {
    policyOf(profile, owner, siteName(grant.origin) ?? "", grant);
    return true;
  } catch {
    return false;
  }
}

/** null for identity pools, whose enhanced flow takes no session policy: there the background's check stands alone. */
function policyOf(profile: Profile, { identity }: Owner, site: string, grant: SiteGrant): string | null {
  if (profile.credentials.kind === "identityPool") return null;
  const { folder, ownItems, files, items } = grant;
  const may = { files: verbs[files], items: verbs[items] };
  const policy = sitePolicyIn(profile, { identity, site, folder, ownItems, ...may });
  // Consent measures it before: names were changed since.
  if (policy === null) throw new HoldallError("service-refused", { subs: ["PackedPolicyTooLarge"] });
  return policy;
}

type Sessions = Needs["sessions"];

interface Lease {
  ended: boolean;
}

type Credentials = (fresh?: boolean) => Promise<RoleCredentials>;

function leased(lease: Lease, credentials: Credentials): Credentials {
  return async (fresh) => {
    const given = await credentials(fresh);
    if (lease.ended) throw new HoldallError("cancelled");
    return given;
  };
}

async function check(sessions: Sessions, { profile, identity }: Owner): Promise<void> {
  if ((await sessions.identity(profile))?.id !== identity) throw new HoldallError("signed-out");
}

function ownCredentials(sessions: Sessions, owner: Owner): Credentials {
  return async (fresh) => {
    const credentials = await sessions.credentials(owner.profile, fresh);
    await check(sessions, owner);
    return credentials;
  };
}

/** Kept in memory alone; any number of callers cause one exchange. */
function siteCredentials(sessions: Sessions, owner: Owner, policy: string): Credentials {
  let present: RoleCredentials | null = null;
  let coming: Promise<RoleCredentials> | null = null;

  async function exchange(): Promise<RoleCredentials> {
    const { signal } = new AbortController();
    const { credentials, identity } = await exchangeForSite(sessions, owner.profile, policy, signal);
    if (identity !== owner.identity) throw new HoldallError("identity-changed");
    present = credentials;
    return credentials;
  }

  return async (fresh) => {
    await check(sessions, owner);
    if (present !== null && fresh !== true && present.expiresAt - Date.now() > margin) return present;
    coming ??= exchange().finally(() => {
      coming = null;
    });
    const credentials = await coming;
    await check(sessions, owner);
    return credentials;
  };
}

/** @param folder path in the person's folder that the site's paths are of; ends with a slash */
function within(
  { items, files }: Storage,
  folder: string,
  deps: { send: typeof fetch; host: Services["host"] },
): SiteStorage {
  const inside = (path: string) => `${folder}${path}`;
  const outside = <Row extends { path: string }>(row: Row): Row => ({ ...row, path: row.path.slice(folder.length) });
  return {
    items: { ...items.versions, list: unreserved((input) => items.list(input)), versionOf },
    files: {
      async list({ prefix, cursor, flat, limit }) {
        const page = await files.list({ prefix: inside(prefix), cursor, flat, limit });
        return {
          files: page.files.map(outside),
          folders: page.folders.map((path) => path.slice(folder.length)),
          cursor: page.cursor,
        };
      },
      head: async (path) => outside(await files.head(inside(path))),
      delete: (path, etag) => files.delete({ path: inside(path), etag }),
      put: (input, signal) => putFile(files, deps.host, { ...input, path: inside(input.path) }, signal),
      piece: (input, signal) => readPiece(files, deps.send, { ...input, path: inside(input.path) }, signal),
    },
  };
}
