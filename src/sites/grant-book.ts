/** What is kept of connected sites on this device: the contract between what answers pages and what the person decides. */
import type { LedgerRow, SiteDay } from "../messaging/sites-view.ts";
import type { AttributeValue } from "../shared/attribute-value.ts";
import type { SiteGrant } from "../shared/site/site-grant.ts";

/** Whose grant it is: one identity of one profile. */
export interface SiteOwner {
  profile: string;
  identity: string;
}

/** Why a write cannot be undone. */
export type NoUndo = Exclude<LedgerRow["undo"], "possible" | "undone">;

/** How a write can be undone. Values are the person's data: they go at sign-out. */
export type Before =
  /** Attributes of the item before, null when there was none; `version` is the one that the write made. */
  | { kind: "item"; attributes: Record<string, AttributeValue> | null; version: string | null }
  /**
   * The version id that the write made: without that version, what was there before is there again, while the bucket keeps
   * it. `etag`: null for a deletion. `earlier`: the version before, null when there was none; rows of older days lack it.
   */
  | { kind: "file"; versionId: string; etag: string | null; earlier?: string | null }
  /** Why not. */
  | { kind: "none"; reason: NoUndo };

export interface LedgerEntry extends Omit<LedgerRow, "id" | "undo"> {
  before: Before;
  /** Where the grant led at that time: it may be changed since. */
  area: Pick<SiteGrant, "folder" | "ownItems">;
}

/** All methods reject with HoldallError `journal-damaged` or `journal-full`. */
export interface GrantBook {
  grant(owner: SiteOwner, origin: string): Promise<SiteGrant | null>;
  grants(owner: SiteOwner): Promise<SiteGrant[]>;
  putGrant(owner: SiteOwner, grant: SiteGrant): Promise<void>;
  removeGrant(owner: SiteOwner, origin: string): Promise<void>;
  /** Every origin that somebody on this device has connected: what content scripts run on. */
  origins(): Promise<string[]>;

  /** Adds to the day (UTC) of `at`; 31 days are kept. */
  addUse(owner: SiteOwner, origin: string, at: number, use: Partial<Omit<SiteDay, "day">>): Promise<void>;
  /** Newest first. */
  use(owner: SiteOwner, origin: string): Promise<SiteDay[]>;
  lastAccess(owner: SiteOwner, origin: string): Promise<number | null>;

  /** In their order. Keeps the newest of each site: 2,000 that can be undone, with 20 MB of earlier values, 500 refusals, and 2,000 others. */
  note(owner: SiteOwner, entries: LedgerEntry[]): Promise<void>;
  ledger(
    owner: SiteOwner,
    input: { origin: string | null; cursor?: string | undefined; limit: number },
  ): Promise<{ rows: LedgerRow[]; cursor: string | null }>;
  entry(owner: SiteOwner, id: string): Promise<LedgerEntry | null>;
  undone(owner: SiteOwner, id: string): Promise<void>;
  /** What it could be undone with is gone. */
  notUndoable(owner: SiteOwner, id: string, reason: NoUndo): Promise<void>;
  /** What a site stored in its own area is deleted: what its writes there could be undone with goes too. */
  forgetValues(owner: SiteOwner, origin: string): Promise<void>;
  /** After a sign-out: names and earlier values go, grants and counts stay. */
  forgetTraces(profile: string): Promise<void>;
  /** The profile is removed: all of it goes. */
  forgetProfile(profile: string): Promise<void>;
}
