/** `write` includes reading and deleting: who may change something has to see it. */
export type SiteAccess = "none" | "read" | "write";

/** What a person lets one origin do with the storage of one profile. */
export interface SiteGrant {
  /** As the browser serialises it: scheme, host, and the port where it is not the scheme's own. */
  origin: string;
  files: SiteAccess;
  items: SiteAccess;
  /** Where its files lie in the person's folder: a path that ends with a slash; null for the site's own area. */
  folder: string | null;
  /** True: the person's own items, all of them, since IAM cannot divide them. False: a partition of the site's own. */
  ownItems: boolean;
  /** Milliseconds since the epoch; null without an end. */
  until: number | null;
  paused: boolean;
  limits: SiteLimits;
  /** Milliseconds since the epoch: when the person allowed it, or changed it last. */
  grantedAt: number;
  /** The most that was before the person when they gave this. Absent where no page said what it would like, and in older grants. */
  decided?: WishedAccess | undefined;
}

export interface SiteLimits {
  requestsPerMinute: number;
  /** Bytes sent and fetched. */
  bytesPerDay: number;
}

export const defaultLimits: SiteLimits = { requestsPerMinute: 600, bytesPerDay: 1_000_000_000 };

/** What a page would like to reach. */
export interface WishedAccess {
  files: SiteAccess;
  items: SiteAccess;
  /** A folder that the page asks for by name, such as `photos/`; the person chooses. */
  folder: string | null;
  ownItems: boolean;
}

/** What a page would like, as far as the person may decide. */
export interface SiteWish extends WishedAccess {
  /** The page's own words, at most 300 characters, shown as such. */
  reason: string | null;
}

export type GrantState = "active" | "paused" | "expired";

export function grantState(grant: Pick<SiteGrant, "paused" | "until">, now: number): GrantState {
  if (grant.until !== null && grant.until <= now) return "expired";
  return grant.paused ? "paused" : "active";
}
