/** What the pages show of connected sites: of the shown owner. */
import type { WireError } from "../shared/result.ts";
import type { GrantState, SiteGrant, SiteWish } from "../shared/site/site-grant.ts";

export interface SitesView {
  /** By origin. Enough for the popup to say what the page in view may do. */
  connected: { origin: string; state: GrantState; files: SiteGrant["files"]; items: SiteGrant["items"] }[];
  /** The last attempt to open a connection that could not be finished, for the popup. */
  error: WireError | null;
}

export const noSites: SitesView = { connected: [], error: null };

/** What the consent window shows. */
export interface ConsentView {
  id: string;
  origin: string;
  /** The host as it is written in its own script, where that differs: `xn--80ak6aa92e.com` → `аррӏе.com`. */
  unicodeHost: string | null;
  /** The look of the host is not what it is: it mixes scripts, or looks like Latin letters without being so. */
  lookAlike: boolean;
  title: string;
  /** What the page would like; the person starts from it. */
  wish: SiteWish;
  /** False: nothing was declared, and `wish` is a beginning of our own. */
  declared: boolean;
  /** The present grant, when it is asked for more. */
  present: SiteGrant | null;
  /** Null while nobody is signed in: the window says so first. */
  identity: { id: string; name: string } | null;
  profile: { id: string; name: string; colour: string };
  /** `session`: IAM limits the site by itself. `holdall`: identity pools know no session policy, so only Holdall does. */
  wall: "session" | "holdall";
  /** The path of the site's own area in the folder. */
  area: string;
}

/** A row of the Sites page. */
export interface SiteRow {
  grant: SiteGrant;
  state: GrantState;
  /** May content scripts run there? The person can take that away in the browser's own settings. */
  permitted: boolean;
  /** Milliseconds since the epoch; null: never. */
  lastAccess: number | null;
  /** Newest first, at most 30; days by UTC. */
  days: SiteDay[];
}

export interface SiteDay {
  /** `2026-11-28` */
  day: string;
  requests: number;
  /** Bytes that the site wrote, and read. */
  written: number;
  read: number;
  /** Units of AWS's price lists: counts of requests, for the estimate. */
  s3Writes: number;
  s3Reads: number;
  itemWriteUnits: number;
  itemReadUnits: number;
  refused: number;
}

export interface LedgerRow {
  id: string;
  origin: string;
  /** Milliseconds since the epoch. */
  at: number;
  method: string;
  /** Path or sort key; of a list, its prefix. */
  name: string;
  /** Bytes. */
  size: number | null;
  outcome: "done" | "refused" | "failed";
  /** Only of writes: `possible`, or why not. */
  undo: "possible" | "undone" | "not-a-write" | "too-old" | "no-versions" | "too-large" | "unknown" | "deleted";
}
