import type { TransferRecord } from "../../../src/transfers/record.ts";

/** A record of a test: an upload of three bytes in the queue, but for `change`. */
export function recordOf(id: string, change: Partial<TransferRecord> = {}): TransferRecord {
  return {
    ...{ id, owner: { profile: "p", identity: "local|alice" }, kind: "upload", path: "a.txt", name: "a.txt", size: 3 },
    ...{ files: 1, contentType: "", modifiedAt: null, crc32: null, fingerprint: null, ifExists: "fail", etag: null },
    ...{ state: "queued", staged: 3, live: false, segmentSize: 8 * 1024 ** 2, partSize: 0, rank: 0, unsure: false },
    ...{ deduplicated: false, saving: null, attempts: 0, renames: 0, error: null, created: 0, ended: null },
    ...change,
  };
}
