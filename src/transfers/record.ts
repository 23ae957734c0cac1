/** One transfer as the journal keeps it. Nothing in it is secret: no credential, no signed URL. */
import type { WireError } from "../shared/result.ts";
import { largestSinglePut } from "./upload/plan.ts";

/** Whose transfer it is. It goes out under no other identity. */
export interface Owner {
  /** Id of the profile. */
  profile: string;
  /** Who AWS says the person is. */
  identity: string;
}

/** What happens when the name is taken: `fail` asks, `keep-both` sends as `name (2).ext`, `replace` writes a new version. */
export type IfExists = "fail" | "replace" | "keep-both";

/** See the diagram in machine.ts. */
export type TransferState =
  | "staging"
  | "queued"
  | "uploading"
  | "verifying"
  | "fetching"
  | "saving"
  | "paused"
  | "waiting"
  | "done"
  | "failed"
  | "cancelled";

export interface TransferRecord {
  /** ULID: sorts by creation. */
  id: string;
  owner: Owner;
  /** `archive`: several objects saved as one zip; what it holds is in the journal's `entries`. */
  kind: "upload" | "download" | "archive";
  /** Inside the folder; `keep-both` may change it. Of an archive: the folder that it holds, "" or ending with a slash. */
  path: string;
  /** File name as the person sees it. */
  name: string;
  /** Bytes; 0 for a download until the server said. Of an archive: of its entries. */
  size: number;
  /** Files: 1, or the entries of an archive. */
  files: number;
  contentType: string;
  /** Upload: of the source, milliseconds since the epoch; null when it has none (a capture). */
  modifiedAt: number | null;
  /** CRC-32 of all bytes as S3 writes it; null until it was computed. */
  crc32: string | null;
  /** Upload: SHA-256 over the SHA-256 of its parts, hex; null unless the person wants equal bytes sent once. */
  fingerprint: string | null;
  ifExists: IfExists;
  /** Download: the version that the person asked for; null for the present one, then that of the first answer. */
  etag: string | null;
  state: TransferState;
  /** Bytes in the journal: copied from the source, or fetched. */
  staged: number;
  /** Upload: too large for the journal, so its parts are read from the source itself, which has to be picked again after a restart. */
  live: boolean;
  /** Bytes of every segment but the last, see host-link.ts. */
  segmentSize: number;
  /** Upload: bytes of every part but the last; 0: one PUT. */
  partSize: number;
  /** Place in the queue: lower goes first, equal ones by id. */
  rank: number;
  /** Upload: a PUT or a completion went out whose answer was not seen, so S3 is asked before the next. */
  unsure: boolean;
  /** Upload: the bytes were there already, so none were sent. */
  deduplicated: boolean;
  /** Download in `saving`: the `blob:` URL, and the browser's id once it gave one. */
  saving: { url: string; downloadId: number | null } | null;
  /** Requests that came to nothing since the start or the last retry by the person. */
  attempts: number;
  /** Names that `keep-both` has tried. */
  renames: number;
  error: WireError | null;
  /** Milliseconds since the epoch. */
  created: number;
  /** Milliseconds since the epoch; null until it ended. */
  ended: number | null;
}

/** One object of an archive. */
export interface ArchiveEntry {
  /** Inside the folder. */
  path: string;
  /** Path inside the zip. */
  name: string;
  /** Bytes. */
  size: number;
  etag: string;
  /** Milliseconds since the epoch. */
  modifiedAt: number;
  /** Its first segment; it has `ceil(size / segmentSize)` of them in a row, an empty one none. */
  segment: number;
}

export function sameOwner(a: Owner, b: Owner | null): boolean {
  return b !== null && a.profile === b.profile && a.identity === b.identity;
}

/** Are all bytes of an upload in the journal, so that its source is not needed any more? */
export function isStaged({ kind, live, staged, size }: TransferRecord): boolean {
  return kind !== "upload" || (!live && staged >= size);
}

/** By the person's order, then by age. */
export function byRank(a: Pick<TransferRecord, "rank" | "id">, b: Pick<TransferRecord, "rank" | "id">): number {
  return a.rank - b.rank || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** One request does it, or few. Bytes: as many as one PUT carries. */
export function isSmall({ kind, partSize, size }: TransferRecord): boolean {
  if (kind === "upload") return partSize === 0;
  return kind === "download" && size <= largestSinglePut;
}
