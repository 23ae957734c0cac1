/**
 * What is read from disk is what was written only if nothing went wrong: a row that is of another form, of a later version or
 * damaged, is left alone, and must not take the others with it.
 */
import type { Digest } from "../host/host-link.ts";
import type { IfExists, Owner, TransferRecord, TransferState } from "../record.ts";
import type { KnownUpload } from "./journal.ts";

const kinds: readonly TransferRecord["kind"][] = ["upload", "download", "archive"];
const conflicts: readonly IfExists[] = ["fail", "replace", "keep-both"];
const states: readonly TransferState[] = [
  ...(["staging", "queued", "uploading", "verifying", "fetching", "saving"] as const),
  ...(["paused", "waiting", "done", "failed", "cancelled"] as const),
];

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === "string";
const flag: Check = (value) => typeof value === "boolean";
const number: Check = (value) => Number.isFinite(value);
const count: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const oneOf =
  (known: readonly unknown[]): Check =>
  (value) =>
    known.includes(value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

function has<T>(checks: { [Field in keyof T]-?: Check }): Check {
  const fields = Object.entries<Check>(checks);
  return (value) => {
    if (typeof value !== "object" || value === null) return false;
    return fields.every(([field, check]) => check((value as Record<string, unknown>)[field]));
  };
}

const owner = has<Owner>({ profile: text, identity: text });
const wireError = has<NonNullable<TransferRecord["error"]>>({ code: text, facts: has({}) });
const saving = has<NonNullable<TransferRecord["saving"]>>({ url: text, downloadId: orNull(number) });

const record = has<TransferRecord>({
  ...{ id: text, owner, kind: oneOf(kinds), path: text, name: text, size: count, files: count, contentType: text },
  ...{ modifiedAt: orNull(number), crc32: orNull(text), fingerprint: orNull(text), ifExists: oneOf(conflicts) },
  ...{ etag: orNull(text), state: oneOf(states), staged: count, live: flag, segmentSize: count, partSize: count },
  ...{ rank: number, unsure: flag, deduplicated: flag, saving: orNull(saving), attempts: count, renames: count },
  ...{ error: orNull(wireError), created: number, ended: orNull(number) },
});

const upload = has<KnownUpload>({
  ...{ uploadId: text, transferId: text, owner, path: text, size: count, partSize: count, created: number },
});

const digest = has<Required<Digest>>({
  size: count,
  crc32: (value) => typeof value === "string" && /^[A-Za-z0-9+/]{6}==$/.test(value),
  sha256: (value) => value === undefined || text(value),
});

/** Is this a record of the present form? */
export function isRecord(value: unknown): value is TransferRecord {
  if (!record(value)) return false;
  const { partSize, segmentSize } = value as TransferRecord;
  // Steps of nothing would never come to an end.
  return segmentSize > 0 && (partSize === 0 || segmentSize % partSize === 0);
}

export function isKnownUpload(value: unknown): value is KnownUpload {
  return upload(value);
}

/** Also that of a segment which is known to be no good (fetch-segment.ts): it takes the place of another. */
export function isDigest(value: unknown): value is Digest {
  return digest(value) || has<{ size: number; crc32: string }>({ size: oneOf([-1]), crc32: oneOf([""]) })(value);
}
