/**
 * What the popup and the app show: no secret is in it. The background keeps it in `storage.session` under `view`, where an
 * extension page reads it for its first paint, and sends each new one over the `view` port.
 */
import type { Attributes } from "../shared/attribute-value.ts";
import type { WireError } from "../shared/result.ts";

export interface View {
  /** Grows with each change, also across a restart of the background. */
  revision: number;
  profiles: ProfileSummary[];
  /** Id of the profile that is shown; null when there is none. */
  activeProfile: string | null;
  session: SessionView;
  recent: RecentView;
  transfers: TransferView[];
}

export interface ProfileSummary {
  id: string;
  name: string;
  /** `#rrggbb` */
  colour: string;
  issuer: string;
}

export type SessionView =
  | { state: "signed-out" /** Why the last attempt failed. */; error: WireError | null }
  | { state: "signing-in" }
  | {
      /** `needs-sign-in`: credentials ended and could not be renewed without the person. */
      state: "signed-in" | "renewing" | "needs-sign-in";
      identity: { id: string; name: string };
      /** End of the role credentials, milliseconds since the epoch. */
      expiresAt: number;
      error: WireError | null;
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

export interface TransferView {
  id: string;
  direction: "upload" | "download";
  /** File name that the person sees. */
  name: string;
  path: string;
  /** Bytes. */
  size: number;
  sent: number;
  /** `waiting`: for sign-in or network, see `error`. */
  state: "queued" | "running" | "waiting" | "done" | "failed" | "cancelled";
  /** Bytes per second over the last seconds; null when unknown. */
  speed: number | null;
  error: WireError | null;
  startedAt: number;
}

export const emptyView: View = {
  revision: 0,
  profiles: [],
  activeProfile: null,
  session: { state: "signed-out", error: null },
  recent: { state: "empty", loadedAt: null, files: [], items: [], filesError: null, itemsError: null },
  transfers: [],
};
