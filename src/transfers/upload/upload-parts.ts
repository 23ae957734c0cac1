/** The parts of an upload, as the plan cuts them. */
import { crc32Base64 } from "../../shared/crc32.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { wholeCrc32 } from "../download/whole-crc32.ts";
import type { ByteRange, Digest, UploadBytes } from "../host/host-link.ts";
import type { TransferRecord } from "../record.ts";
import type { Run } from "../run.ts";
import { rangesOf } from "./plan.ts";

export interface PlannedPart {
  /** From 1. */
  partNumber: number;
  range: ByteRange;
  /** Bytes. */
  size: number;
}

/** One part for all bytes when one PUT carries them, also when there are none. */
export function partsOf({ size, partSize }: TransferRecord): PlannedPart[] {
  const ranges = partSize === 0 ? [{ start: 0, end: size }] : rangesOf(size, partSize);
  return ranges.map((range, index) => ({ partNumber: index + 1, range, size: range.end - range.start }));
}

export function bytesOf({ id, segmentSize, live }: TransferRecord): UploadBytes {
  return { transferId: id, segmentSize, live };
}

/**
 * The digest of a part: as the journal knows it, else by reading the bytes, once they are there.
 * @param known of this transfer by part number; what was read is added, and journalled
 * @throws HoldallError `file-needed`, `file-unreadable`; HostFailure
 */
export async function digestOf(
  run: Run,
  part: PlannedPart,
  known: Map<number, Digest>,
  sha256 = false,
): Promise<Digest> {
  await run.staged(part.range.end);
  const { partNumber, size } = part;
  const before = known.get(partNumber);
  if (before?.size === size && (!sha256 || before.sha256 !== undefined)) return before;
  const digest = await readDigest(run, part, sha256, before?.size === size ? before.crc32 : null);
  known.set(partNumber, digest);
  const { deps, signal } = run;
  // Not waited for: without it, the part is read once more after a restart.
  if (!signal.aborted) void deps.journal.putPart(run.record().id, partNumber, digest).catch(() => undefined);
  return digest;
}

/** Reads whatever is not known yet of the parts, one after the other, for the checksum of the whole. @throws as `digestOf` */
export async function digestWhole(run: Run): Promise<void> {
  const { id, fingerprint } = run.record();
  const known = await run.deps.journal.parts(id);
  const digests: Digest[] = [];
  for (const part of partsOf(run.record())) digests.push(await digestOf(run, part, known));
  await run.apply({ type: "digested", crc32: crc32Base64(wholeCrc32(digests)), fingerprint });
}

/**
 * Reads a part's bytes, whatever is known of them.
 * @param expected CRC-32 in base64; null for any
 * @throws HoldallError `file-unreadable` when they are others, or fewer; HostFailure
 */
export async function readDigest(
  run: Run,
  { range, size }: PlannedPart,
  sha256: boolean,
  expected: string | null,
): Promise<Digest> {
  const { deps, signal } = run;
  const record = run.record();
  const digest = await deps.host.digest({ bytes: bytesOf(record), range, sha256 }, { signal });
  const changed = digest.size !== size || (expected !== null && digest.crc32 !== expected);
  if (changed) throw new HoldallError("file-unreadable", { subs: [record.name] });
  return digest;
}
