/** One go at a download: what is missing is fetched in ranges of one version, verified as a whole, then saved by the browser. */
import { crc32Base64 } from "../../shared/crc32.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { type ByteRange, type Digest, HostFailure } from "../host/host-link.ts";
import { attempt } from "../requests/attempt.ts";
import { inParallel } from "../requests/in-parallel.ts";
import { openFolder, type Run } from "../run.ts";
import type { StoredObject } from "../transfers.ts";
import { rangesOf } from "../upload/plan.ts";
import { arrivesDecoded } from "./content-encoding.ts";
import { fetchSegment, isOtherVersion } from "./fetch-segment.ts";
import { createTally } from "./fetched-tally.ts";
import { type Composition, forgetBytes, saveToDisk } from "./save-to-disk.ts";
import { wholeCrc32 } from "./whole-crc32.ts";

/** Requests of one download under way at once. */
const width = 4;
/** Versions that are begun while the object keeps changing. */
const mostVersions = 3;

/** Resolves when the file is on disk. Rejects with HoldallError, HostFailure or Stopped. */
export async function runDownload(run: Run): Promise<void> {
  await saveToDisk(run, { gather: () => gather(run), compose: () => compose(run) });
}

async function gather(run: Run): Promise<void> {
  const anyVersion = run.record().etag === null;
  for (let versions = 1; ; versions++) {
    const stored = await latest(run, anyVersion);
    try {
      return await fetchMissing(run, stored);
    } catch (error) {
      const changed = error instanceof HoldallError && error.code === "file-changed";
      if (!changed || versions === mostVersions) throw error;
    }
  }
}

/**
 * What S3 has now. Of another version than before, nothing that is there counts; the record then names the new one, for the
 * person who tries again.
 * @throws HoldallError `file-changed` when it is not the version that the person asked for
 */
async function latest(run: Run, anyVersion: boolean): Promise<StoredObject> {
  const { path, name } = run.record();
  const stored = await attempt(run, async () => (await openFolder(run)).head(path));
  const { etag } = run.record();
  if (etag === null || !isOtherVersion(stored.etag, etag)) return stored;
  await forgetBytes(run);
  await run.apply({ type: "fetched", bytes: 0, size: stored.size, etag: stored.etag });
  if (!anyVersion) throw new HoldallError("file-changed", { subs: [name] });
  return stored;
}

async function fetchMissing(run: Run, stored: StoredObject): Promise<void> {
  const { deps } = run;
  const { id, path, segmentSize } = run.record();
  const { size, etag } = stored;
  const decoded = arrivesDecoded(stored.contentEncoding);
  // How much of a decoded body is there says nothing of what is missing.
  if (decoded && (await deps.journal.parts(id)).size > 0) await forgetBytes(run);
  const segments = segmentsOf(size, decoded ? size : segmentSize);
  const parts = await deps.journal.parts(id);
  const isThere = ({ index, range }: Segment) => parts.get(index)?.size === lengthOf(range);
  const missing = segments.filter((segment) => !isThere(segment));
  const left = missing.reduce((sum, { range }) => sum + lengthOf(range), 0);
  const room = await deps.room();
  if (room < left) throw new HoldallError("journal-full");
  for (const segment of segments) run.moved(segment.index, isThere(segment) ? lengthOf(segment.range) : 0);
  const tally = await createTally(run, size - left, { size, etag });
  await inParallel(run, missing, width, async ({ index, range }, patience) => {
    // An object of one segment is asked for whole: the answer then carries its checksum.
    const part = segments.length === 1 ? null : range;
    const { size: fetched } = await fetchSegment(run, patience, { path, etag, size, range: part, index, room });
    await tally.add(fetched);
  });
  const digests = await deps.journal.parts(id);
  if (decoded) return await noteDecoded(run, digests, etag);
  await tally.end();
  await verify(
    run,
    stored,
    segments.flatMap(({ index }) => digests.get(index) ?? []),
  );
}

interface Segment {
  index: number;
  range: ByteRange;
}

function segmentsOf(size: number, step: number): Segment[] {
  return rangesOf(size, step).map((range, index) => ({ index, range }));
}

function lengthOf({ start, end }: ByteRange): number {
  return end - start;
}

/** From here on the size is that of the file on disk. */
async function noteDecoded(run: Run, digests: Map<number, Digest>, etag: string): Promise<void> {
  const size = digests.get(0)?.size ?? 0;
  await run.apply({ type: "fetched", bytes: size, size, etag });
}

/** @throws HoldallError `checksum-mismatch`: all is fetched again, since nobody knows which segment is wrong */
async function verify(run: Run, { size, crc32 = null }: StoredObject, digests: Digest[]): Promise<void> {
  const whole = digests.reduce((sum, digest) => sum + digest.size, 0);
  if (whole === size && (crc32 === null || crc32Base64(wholeCrc32(digests)) === crc32)) return;
  await forgetBytes(run);
  throw new HoldallError("checksum-mismatch", { subs: [run.record().name] });
}

async function compose(run: Run): Promise<Composition> {
  const { id, size } = run.record();
  const parts = await run.deps.journal.parts(id);
  const segments = [...parts.keys()].sort((a, b) => a - b);
  const there = [...parts.values()].reduce((sum, part) => sum + part.size, 0);
  if (there !== size) throw new HostFailure("source");
  return { pieces: segments.map((segment) => ({ segment })), size };
}
