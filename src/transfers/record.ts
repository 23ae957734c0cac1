/** One transfer as the journal keeps it. Nothing in it is secret: no credential, no signed URL. */
import type { WireError } from "../shared/result.ts";

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
export type TransferState = "staged" | "sending" | "fetching" | "saving" | "waiting" | "done" | "failed" | "cancelled";

export interface TransferRecord {
  /** ULID: sorts by creation. */
  id: string;
  owner: Owner;
  direction: "upload" | "download";
  /** Inside the folder; `keep-both` may change it. */
  path: string;
  /** Last segment of the path, as the person sees it. */
  name: string;
  /** Bytes; 0 for a download until the server said. */
  size: number;
  contentType: string;
  /** CRC-32 of the bytes as S3 writes it; null until it was computed. */
  crc32: string | null;
  ifExists: IfExists;
  /** Download: the version that the person asked for; null for the present one. */
  etag: string | null;
  state: TransferState;
  /** Upload: a PUT went out whose answer was not seen, so S3 is asked before the next. */
  unsure: boolean;
  /** Download in `saving`: the browser's id and the `blob:` URL to release. */
  saving: { downloadId: number; url: string } | null;
  /** Requests that came to nothing since the start or the last retry by the person. */
  attempts: number;
  /** Names that `keep-both` has tried. */
  renames: number;
  error: WireError | null;
  /** Milliseconds since the epoch. */
  created: number;
}

export function sameOwner(a: Owner, b: Owner | null): boolean {
  return b !== null && a.profile === b.profile && a.identity === b.identity;
}
