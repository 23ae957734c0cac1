/** The mirror's face: index items as IndexedDB holds them, so that "already saved" and the list need no request. */
import type { CaptureFacets, CaptureFilter, CaptureRow } from "../../messaging/captures-view.ts";
import type { ItemRow } from "../../messaging/view.ts";
import type { CaptureOwner } from "../captures.ts";

export interface MirrorDeps {
  /** A page of the owner's items whose sort keys begin with `prefix` and lie behind `after`, read consistently. */
  query(
    owner: CaptureOwner,
    input: { prefix: string; after?: string | undefined; cursor?: string | null; descending: boolean; limit: number },
  ): Promise<{ items: ItemRow[]; cursor: string | null }>;
  /** Milliseconds since the epoch. */
  now(): number;
}

/**
 * Rows belong to an owner: nobody sees another's. All calls reject with `journal-full` or `journal-damaged`, and with
 * `cancelled` when the owner is wiped meanwhile.
 */
export interface Mirror {
  /** For what is in the table: call it once the write is answered. */
  put(owner: CaptureOwner, row: CaptureRow): Promise<void>;
  drop(owner: CaptureOwner, id: string): Promise<void>;
  get(owner: CaptureOwner, id: string): Promise<CaptureRow | null>;
  /** The newest with these bytes. */
  byHash(owner: CaptureOwner, sha256: string): Promise<CaptureRow | null>;
  /** Captured on, or from, this address (fragment aside), newest first, at most 20. */
  byPage(owner: CaptureOwner, url: string): Promise<CaptureRow[]>;
  list(
    owner: CaptureOwner,
    input: { filter: CaptureFilter; cursor?: string | undefined; limit: number },
  ): Promise<{ rows: CaptureRow[]; cursor: string | null }>;
  facets(owner: CaptureOwner): Promise<CaptureFacets>;
  /**
   * Brings it up to date: the first time everything, newest first and going on where it was interrupted, later what came
   * after the last ULID. One at a time per owner. Rejects with what `query` rejects with.
   */
  sync(owner: CaptureOwner): Promise<void>;
  /** Reads everything again, and drops what is not there any more. One that is interrupted goes on in the next `sync`. */
  refresh(owner: CaptureOwner): Promise<void>;
  /** The small picture that was kept of a capture, if it still is: the oldest make room. */
  thumbnail(owner: CaptureOwner, id: string): Promise<Blob | null>;
  putThumbnail(owner: CaptureOwner, id: string, image: Blob): Promise<void>;
  /** Removes rows and thumbnails. @param spared identity whose rows stay */
  wipe(profile: string, spared?: string): Promise<void>;
}
