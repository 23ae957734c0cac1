/** Records of version 1 of the journal, which sent every upload in one PUT and fetched every download in one GET. */

import type { TransferRecord, TransferState } from "../record.ts";
import { planUpload } from "../upload/plan.ts";

/** What is read of a record of version 1. */
type Old = Pick<
  TransferRecord,
  | "id"
  | "owner"
  | "path"
  | "name"
  | "size"
  | "contentType"
  | "crc32"
  | "ifExists"
  | "etag"
  | "unsure"
  | "attempts"
  | "renames"
  | "error"
  | "created"
> & {
  direction: "upload" | "download";
  state: string;
  saving: { downloadId: number; url: string } | null;
};

const states = new Map<string, TransferState>([
  ["staged", "queued"],
  ["sending", "uploading"],
  ["fetching", "fetching"],
  ["saving", "saving"],
  ["waiting", "waiting"],
  ["done", "done"],
  ["failed", "failed"],
  ["cancelled", "cancelled"],
]);

/** The record as it is kept now; null when `value` is none of version 1. @param kept whether its bytes are in the journal */
export function fromFirstVersion(value: unknown, kept: boolean): TransferRecord | null {
  if (!isOld(value)) return null;
  const { id, owner, direction, path, name, size, contentType, crc32, ifExists, etag } = value;
  const { attempts, renames, error, created, saving } = value;
  const state = states.get(value.state);
  if (state === undefined) return null;
  const { partSize, segmentSize } = planUpload(size);
  const upload = direction === "upload";
  // The whole is one segment, however large it is.
  const span = partSize === 0 ? segmentSize : Math.max(segmentSize, Math.ceil(size / partSize) * partSize);
  const ended = state === "done" || state === "failed" || state === "cancelled";
  return {
    ...{ id, owner, kind: direction, path, name, size, files: 1, contentType, modifiedAt: null, crc32 },
    ...{ fingerprint: null, ifExists, etag, state, staged: upload && kept ? size : 0, live: false },
    ...{ segmentSize: upload ? span : planUpload(0).segmentSize, partSize: upload ? partSize : 0, rank: 0 },
    unsure: value.unsure || value.state === "sending",
    ...{ deduplicated: false, saving, attempts, renames, error, created, ended: ended ? created : null },
  };
}

function isOld(value: unknown): value is Old {
  return (
    typeof value === "object" &&
    value !== null &&
    "id" in value &&
    "owner" in value &&
    "direction" in value &&
    (value.direction === "upload" || value.direction === "download") &&
    "size" in value &&
    typeof value.size === "number"
  );
}
