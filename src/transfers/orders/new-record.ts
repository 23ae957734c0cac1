/** Records as they begin. */
import { ulid } from "../../shared/ulid.ts";
import type { ArchiveEntry, IfExists, Owner, TransferRecord } from "../record.ts";
import { planUpload } from "../upload/plan.ts";

/** When it was asked for, in milliseconds since the epoch, and its place in the queue. */
export interface Start {
  owner: Owner;
  created: number;
  rank: number;
}

/** Bytes of a segment of what is fetched: what one request asks for. */
const fetchSize = planUpload(0).segmentSize;

export function newUpload(
  start: Start,
  file: Blob,
  {
    id = ulid(),
    path,
    ifExists,
    contentType,
  }: { id?: string | undefined; path: string; ifExists: IfExists; contentType?: string | undefined },
): TransferRecord {
  const type = contentType ?? (file.type === "" ? "application/octet-stream" : file.type);
  return {
    ...blank(start, id),
    ...{ kind: "upload", path, name: nameOf(path), size: file.size, ifExists, contentType: type },
    // Of nothing, nothing has to be copied.
    state: file.size === 0 ? "queued" : "staging",
    modifiedAt: modifiedAt(file),
    ...planUpload(file.size),
  };
}

export function newDownload(start: Start, { path, etag }: { path: string; etag: string | null }): TransferRecord {
  return { ...blank(start, ulid()), kind: "download", path, name: nameOf(path), etag };
}

/** @param entries with their segments */
export function newArchive(
  start: Start,
  { path, name, entries }: { path: string; name: string; entries: ArchiveEntry[] },
): TransferRecord {
  const size = entries.reduce((sum, entry) => sum + entry.size, 0);
  return { ...blank(start, ulid()), kind: "archive", path, name, size, files: entries.length };
}

/** The first segment of each entry: they lie one behind the other. */
export function placeEntries(entries: Omit<ArchiveEntry, "segment">[]): ArchiveEntry[] {
  let next = 0;
  return entries.map((entry) => {
    const segment = next;
    next += Math.ceil(entry.size / fetchSize);
    return { ...entry, segment };
  });
}

/** When a picked file was changed the last time; null for bytes that are no file. */
export function modifiedAt(file: Blob): number | null {
  return "lastModified" in file && typeof file.lastModified === "number" ? file.lastModified : null;
}

function blank({ owner, created, rank }: Start, id: string): TransferRecord {
  return {
    ...{ id, owner, kind: "download", path: "", name: "", size: 0, files: 1, contentType: "", modifiedAt: null },
    ...{ crc32: null, fingerprint: null, ifExists: "fail", etag: null, state: "queued", staged: 0, live: false },
    ...{ segmentSize: fetchSize, partSize: 0, rank, unsure: false, deduplicated: false, saving: null, attempts: 0 },
    ...{ renames: 0, error: null, created, ended: null },
  };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
