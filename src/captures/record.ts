/** A capture on its way: what was clicked, how far it is, and what the person can do. */
import type { CaptureOffer, NameConflict } from "../messaging/captures-view.ts";
import type { WireError } from "../shared/result.ts";
import type { CaptureOwner } from "./captures.ts";
import type { CaptureRequest, Taken } from "./taken.ts";

/**
 * `asked`: the bytes have to be taken. `taken`: they are in the captures' journal, and wait for their owner. `sending`: they
 * go into the transfers' journal. `uploading`: they are there. `indexing`: the object is stored. `failed`: see `error`.
 */
export type CaptureState = "asked" | "taken" | "sending" | "uploading" | "indexing" | "failed";

/** What is known of the bytes once they are there. */
export type Described = Omit<Taken, "bytes"> & {
  /** Bytes. */
  size: number;
};

export interface CaptureRecord {
  /** ULID. */
  id: string;
  profile: string;
  /** Whose it is; null while nobody has taken it over. */
  identity: string | null;
  /** The identity that was signed in to this profile last, when nobody was at the click. */
  expected: string | null;
  request: CaptureRequest;
  /** Milliseconds since the epoch. */
  at: number;
  state: CaptureState;
  /** Where a failed one goes on. */
  before: Exclude<CaptureState, "failed">;
  described: Described | null;
  /** ULID of transfer and index item, given when it is sent: what waited for days comes after what was synced meanwhile. */
  key: string | null;
  /** Inside the folder. */
  path: string | null;
  ifExists: NameConflict;
  error: WireError | null;
  offers: CaptureOffer[];
  /** Failures in a row of what may get better by itself. */
  attempts: number;
  /** The person said so: an address inside this network is fetched. */
  allowAddress: boolean;
}

export function ownerOf({ profile, identity }: CaptureRecord): CaptureOwner | null {
  return identity === null ? null : { profile, identity };
}

const fetched: readonly string[] = ["image", "video", "audio", "link"];

/** Can its bytes be taken again, when the browser has ended meanwhile? What was taken of a page is gone with the page. */
export function isRepeatable({ kind, url }: CaptureRequest): boolean {
  return kind === "bookmark" || (fetched.includes(kind) && /^(?:https?|data):/i.test(url));
}
