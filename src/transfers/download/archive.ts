/** One go at an archive: its objects are fetched side by side, then saved as one zip. */
import { crc32Base64 } from "../../shared/crc32.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { type ByteRange, type Digest, HostFailure } from "../host/host-link.ts";
import { inlineSize } from "../journal/journal.ts";
import type { ArchiveEntry } from "../record.ts";
import { attempt } from "../requests/attempt.ts";
import { inParallel } from "../requests/in-parallel.ts";
import { openFolder, type Run } from "../run.ts";
import type { StoredObject } from "../transfers.ts";
import { rangesOf } from "../upload/plan.ts";
import { arrivesDecoded } from "./content-encoding.ts";
import { discardSegments, fetchSegment, isOtherVersion, isUnusable } from "./fetch-segment.ts";
import { createTally } from "./fetched-tally.ts";
import { type Composition, saveToDisk } from "./save-to-disk.ts";
import { wholeCrc32 } from "./whole-crc32.ts";
import { type ZipMember, zipPieces } from "./zip/zip-pieces.ts";

/** Requests of one archive under way at once: most of its objects are small, and wait for answers more than for bytes. */
const width = 8;

/** Part of an object, and where it goes. */
interface Segment {
  entry: ArchiveEntry;
  range: ByteRange;
  index: number;
}

type Heads = (entry: ArchiveEntry, patience: Run) => Promise<StoredObject>;

/**
 * Resolves when the zip is on disk. An object that changed or vanished since it was listed ends it.
 * Rejects with HoldallError `file-changed`, `file-missing` among others, HostFailure or Stopped.
 */
export async function runArchive(run: Run): Promise<void> {
  const { id, files } = run.record();
  const entries = await run.deps.journal.entries(id);
  // A zip of less than was asked for must not pass for the whole.
  if (entries.length !== files) throw new HoldallError("journal-damaged");
  await saveToDisk(run, { gather: () => gather(run, entries), compose: () => compose(run, entries) });
}

async function gather(run: Run, entries: ArchiveEntry[]): Promise<void> {
  const { journal } = run.deps;
  const { id, segmentSize } = run.record();
  const parts = await journal.parts(id);
  const missing: Segment[] = [];
  let total = 0;
  let left = 0;
  // The host writes small segments once more, together, when it composes the zip.
  let small = 0;
  for (const segment of entries.flatMap((entry) => segmentsOf(entry, segmentSize))) {
    const length = lengthOf(segment.range);
    const isThere = parts.get(segment.index)?.size === length;
    run.moved(segment.index, isThere ? length : 0);
    total += length;
    if (length <= inlineSize) small += length;
    if (isThere) continue;
    left += length;
    missing.push(segment);
  }
  const room = await run.deps.room();
  if (room < left + small) throw new HoldallError("journal-full");
  const tally = await createTally(run, total - left, { size: total, etag: null });
  const heads = createHeads(run);
  await inParallel(run, missing, width, async (segment, patience) => {
    await fetchPart(run, patience, segment, { segmentSize, room, heads });
    await tally.add(lengthOf(segment.range));
  });
  const large = entries.filter((entry) => entry.size > segmentSize);
  await verify(run, large, heads);
  await tally.end();
}

async function fetchPart(
  run: Run,
  patience: Run,
  { entry, range, index }: Segment,
  { segmentSize, room, heads }: { segmentSize: number; room: number; heads: Heads },
): Promise<void> {
  const { path, etag, size } = entry;
  let part: ByteRange | null = null;
  if (size > segmentSize) {
    const { contentEncoding } = await heads(entry, patience);
    if (!arrivesDecoded(contentEncoding)) part = range;
    // It has to come in one go, which is that of its first segment.
    else if (range.start > 0) return;
  }
  await fetchSegment(run, patience, { path, etag, size, range: part, index, room });
}

/** HEADs of the objects that are larger than a segment, each asked for once. */
function createHeads(run: Run): Heads {
  const known = new Map<number, Promise<StoredObject>>();
  const ask = async ({ path, etag, size }: ArchiveEntry, patience: Run) => {
    const stored = await attempt(patience, () => run.inSlot(async () => (await openFolder(run)).head(path)));
    if (isOtherVersion(stored.etag, etag) || stored.size !== size) {
      throw new HoldallError("file-changed", { subs: [path] });
    }
    return stored;
  };
  return (entry, patience) => {
    const asked = known.get(entry.segment) ?? ask(entry, patience);
    known.set(entry.segment, asked);
    return asked;
  };
}

/** Small objects were verified by their answers. @throws HoldallError `checksum-mismatch`: that object is fetched again */
async function verify(run: Run, large: ArchiveEntry[], heads: Heads): Promise<void> {
  const { id, segmentSize } = run.record();
  const parts = await run.deps.journal.parts(id);
  await inParallel(run, large, width, async (entry, patience) => {
    const { crc32 = null, contentEncoding } = await heads(entry, patience);
    if (arrivesDecoded(contentEncoding)) return;
    const indices = segmentsOf(entry, segmentSize).map(({ index }) => index);
    const digests = indices.flatMap((index) => parts.get(index) ?? []);
    if (crc32 === null || crc32Base64(wholeCrc32(digests)) === crc32) return;
    await discardSegments(run, indices);
    throw new HoldallError("checksum-mismatch", { subs: [entry.path] });
  });
}

async function compose(run: Run, entries: ArchiveEntry[]): Promise<Composition> {
  const { id, segmentSize } = run.record();
  const parts = await run.deps.journal.parts(id);
  return zipPieces(entries.map((entry) => memberOf(entry, segmentSize, parts)));
}

/** @throws HostFailure `source` when the journal lacks a segment */
function memberOf(entry: ArchiveEntry, segmentSize: number, parts: Map<number, Digest>): ZipMember {
  const { name, modifiedAt } = entry;
  const planned = segmentsOf(entry, segmentSize);
  const digests = planned.map(({ index }) => parts.get(index)).filter((digest) => digest !== undefined);
  // What the browser decodes lies in one segment, of whatever size.
  const isWhole = digests.length === 1 && (planned.length === 1 || digests[0]?.size !== segmentSize);
  if (digests.some(isUnusable) || (!isWhole && digests.length < planned.length)) throw new HostFailure("source");
  const segments = planned.slice(0, digests.length).map(({ index }) => index);
  const size = digests.reduce((sum, digest) => sum + digest.size, 0);
  return { name, modifiedAt, size, crc32: wholeCrc32(digests), segments };
}

function segmentsOf(entry: ArchiveEntry, step: number): Segment[] {
  return rangesOf(entry.size, step).map((range, place) => ({ entry, range, index: entry.segment + place }));
}

function lengthOf({ start, end }: ByteRange): number {
  return end - start;
}
