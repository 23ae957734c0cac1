/**
 * What the popup and the app show: no secret is in it. The background keeps it in `storage.session` under `view`, where an
 * extension page reads it for its first paint, and sends each new one over the `view` port.
 */
import type { Attributes } from "../shared/attribute-value.ts";
import type { Role } from "../shared/profile.ts";
import type { WireError } from "../shared/result.ts";
import { type CapturesView, noCaptures } from "./captures-view.ts";
import { type ChecksView, noChecks } from "./checks-view.ts";
import { noSites, type SitesView } from "./sites-view.ts";

export interface View {
  /** Grows with each change, also across a restart of the background. */
  revision: number;
  profiles: ProfileSummary[];
  /** Id of the profile that is shown; null when there is none. */
  activeProfile: string | null;
  session: SessionView;
  recent: RecentView;
  transfers: TransfersView;
  captures: CapturesView;
  checks: ChecksView;
  sites: SitesView;
}

export interface ProfileSummary {
  id: string;
  name: string;
  /** `#rrggbb` */
  colour: string;
  issuer: string;
  /** By policy: it cannot be removed or replaced. */
  managed?: true;
  /** The host whose link it came by. */
  from?: string;
  /** Where several profiles have this name: what tells it from the others. */
  hint?: string;
}

export type SessionView =
  | {
      state: "signed-out" /** Why the last attempt failed. */;
      error: WireError | null /** The person, or the time, locked it: what is shown then names nobody. */;
      locked?: true;
    }
  | { state: "signing-in" }
  | {
      /** Signed in at the provider; the person says with which role to go on: `session.roles`, `session.chooseRole`. */
      state: "choosing-role";
      /** Of the person. */
      name: string;
      /** How many roles there are to choose from. */
      roles: number;
      /** The role that IAM refused, with `error`. */
      refused: Role | null;
      error: WireError | null;
    }
  | {
      /** `needs-sign-in`: credentials ended and could not be renewed without the person. */
      state: "signed-in" | "renewing" | "needs-sign-in";
      identity: { id: string; name: string };
      /** End of the role credentials, milliseconds since the epoch. */
      expiresAt: number;
      error: WireError | null;
      /** Where the person chose: the role in use, and how many there are. */
      role?: Role & { of: number };
    };

/** The last known state of folder and items, newest first: what the popup shows without asking the network. */
export interface RecentView {
  state: "empty" | "loading" | "loaded";
  /** Milliseconds since the epoch; null when nothing was loaded yet. */
  loadedAt: number | null;
  files: FileRow[];
  items: ItemRow[];
  /** What went wrong in the last load; the rows are then those of the load before. */
  filesError: WireError | null;
  itemsError: WireError | null;
}

export interface FileRow {
  /** Path inside the folder: the key without `<identity>/`. */
  path: string;
  /** Bytes. */
  size: number;
  /** Milliseconds since the epoch. */
  modifiedAt: number;
  etag: string;
}

export interface ItemRow {
  sortKey: string;
  /** All attributes but partition key, sort key; `rev` included when it is there. */
  attributes: Attributes;
  /** True in a recent row of a large item: attributes are missing, `items.get` has them all. */
  cut?: boolean;
}

export type TransferViewState =
  /** Copied into the journal; nothing of it can be sent yet. */
  | "staging"
  | "queued"
  | "running"
  /** All bytes are there; S3 is asked to confirm, or the browser writes the file. */
  | "verifying"
  | "paused"
  /** See `waitsFor` and `error`. */
  | "waiting"
  | "done"
  | "failed"
  | "cancelled";

export interface TransferView {
  id: string;
  direction: "upload" | "download";
  /** File name that the person sees. */
  name: string;
  /** Of an archive: the folder that it holds. */
  path: string;
  /** More than 1 for an archive of so many objects. */
  files: number;
  /** Bytes. */
  size: number;
  /** Bytes sent or fetched. */
  sent: number;
  /** Upload: bytes in the journal. Below `size`, closing the browser would mean to pick the file again. */
  staged: number;
  state: TransferViewState;
  waitsFor: "sign-in" | "network" | "file" | "permission" | null;
  /** Upload: the same bytes were there already, none were sent. */
  deduplicated: boolean;
  /** Bytes per second over the last seconds; null when unknown. */
  speed: number | null;
  /** Seconds; null when unknown. */
  secondsLeft: number | null;
  error: WireError | null;
  startedAt: number;
}

/** The transfers of the shown owner. There may be thousands: the view carries what moves and what needs the person. */
export interface TransfersView {
  /** At most `transferRows`: those that need the person, run, wait, are queued, and those that ended last, in that order. */
  rows: TransferView[];
  totals: TransferTotals;
  /** The journal cannot be opened or written: transfers do not work, the rest does. */
  problem: WireError | null;
}

export interface TransferTotals {
  /** Neither ended nor paused nor waiting: staging, queued, running, verifying. */
  active: number;
  running: number;
  paused: number;
  waiting: number;
  /** Failed because the name is taken. */
  conflicts: number;
  /** Failed for another reason. */
  failed: number;
  done: number;
  cancelled: number;
  /** Bytes of what has not ended and of what was done since that began, and how many of them are sent or fetched. */
  bytes: number;
  sent: number;
  /** Bytes per second of all; null when unknown. */
  speed: number | null;
  /** Seconds until what is active is done; null when unknown. */
  secondsLeft: number | null;
  /** Multipart uploads that S3 may still hold and no transfer needs. */
  leftovers: number;
  /** Uploads of which not all bytes are in the journal yet: closing the browser now would mean to pick their files again. */
  uncopied?: number;
}

/** Rows that the view carries at most. */
export const transferRows = 50;

export const noTransfers: TransfersView = {
  rows: [],
  totals: {
    active: 0,
    running: 0,
    paused: 0,
    waiting: 0,
    conflicts: 0,
    failed: 0,
    done: 0,
    cancelled: 0,
    bytes: 0,
    sent: 0,
    speed: null,
    secondsLeft: null,
    leftovers: 0,
  },
  problem: null,
};

export const emptyView: View = {
  revision: 0,
  profiles: [],
  activeProfile: null,
  session: { state: "signed-out", error: null },
  recent: { state: "empty", loadedAt: null, files: [], items: [], filesError: null, itemsError: null },
  transfers: noTransfers,
  captures: noCaptures,
  checks: noChecks,
  sites: noSites,
};
