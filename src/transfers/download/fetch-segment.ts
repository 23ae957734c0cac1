import { HoldallError } from "../../shared/holdall-error.ts";
import type { ByteRange, Digest, HostAnswer } from "../host/host-link.ts";
import { attempt } from "../requests/attempt.ts";
import { checkOwner, openFolder, type Run, sent } from "../run.ts";
import type { TransferStore } from "../transfers.ts";
import { arrivesDecoded } from "./content-encoding.ts";

/** One request of a download or an archive, and where its bytes go. */
export interface WantedSegment {
  /** Inside the folder. */
  path: string;
  /** The version that it has to be of. */
  etag: string;
  /** Bytes of the object. */
  size: number;
  /** null: the whole object in one go. An empty object has no range that could be asked for (416). */
  range: ByteRange | null;
  /** Number of the segment. */
  index: number;
  /** Bytes that a body may have which the browser decodes: it can be any number of times what is stored. */
  room: number;
}

/** Of a segment that is no good: no size of a plan equals it, so it is fetched again. */
const unusable: Digest = { size: -1, crc32: "" };

export function isUnusable({ size }: Digest): boolean {
  return size === unusable.size;
}

/**
 * Fetches into the journal and judges what came, again and again as long as `attempt` hopes.
 * @param patience the run whose signal ends the retries
 * @throws HoldallError `file-changed`, `checksum-mismatch`, `journal-full`, what S3's refusal means; HostFailure; Stopped
 */
export async function fetchSegment(run: Run, patience: Run, wanted: WantedSegment): Promise<Digest> {
  return await attempt(patience, () =>
    run.inSlot(async () => {
      patience.signal.throwIfAborted();
      return await fetchOnce(run, wanted);
    }),
  );
}

async function fetchOnce(run: Run, wanted: WantedSegment): Promise<Digest> {
  const { path, etag, range, index } = wanted;
  const folder = await openFolder(run);
  const header = range === null ? {} : { range: `bytes=${range.start}-${range.end - 1}` };
  const request = await folder.signGet({ path, etag, ...header });
  await checkOwner(run);
  const limit = createLimit(wanted);
  try {
    const { signal } = limit;
    const watch = {
      signal: AbortSignal.any([run.signal, signal]),
      progress(moved: number, total: number | null) {
        limit.check(moved, total);
        run.moved(index, moved);
      },
    };
    const fetching = run.deps.host.fetch({ transferId: run.record().id, index, request }, watch);
    const { answer, fetched } = await sent(run, request.url, fetching);
    return await judged(run, folder, wanted, answer, fetched);
  } catch (error) {
    run.moved(index, 0);
    throw limit.failure() ?? error;
  }
}

/** What is not the expected answer could be of any length: it is given up as soon as it is longer. */
function createLimit({ path, size, range, room }: WantedSegment) {
  const abort = new AbortController();
  const expected = range === null ? size : range.end - range.start;
  let failure: HoldallError | null = null;
  const giveUp = (code: "checksum-mismatch" | "journal-full") => {
    failure ??= new HoldallError(code, code === "checksum-mismatch" ? { subs: [path] } : {});
    abort.abort();
  };
  return {
    signal: abort.signal,
    failure: () => failure,
    check(moved: number, total: number | null) {
      if (total !== null && total > expected) giveUp("checksum-mismatch");
      else if (moved > (range === null ? Math.max(expected, room) : expected)) {
        giveUp(range === null ? "journal-full" : "checksum-mismatch");
      }
    },
  };
}

async function judged(
  run: Run,
  folder: TransferStore,
  wanted: WantedSegment,
  answer: HostAnswer,
  fetched: Digest | null,
): Promise<Digest> {
  const { path } = wanted;
  if (answer.status === 412) throw new HoldallError("file-changed", { subs: [path], status: 412 });
  // S3 knows the object as shorter than it said: either answer may be the wrong one.
  if (answer.status === 416) throw new HoldallError("checksum-mismatch", { subs: [path], status: 416 });
  // S3 always names a version: this is the page of something that stands in its place.
  if (fetched === null || answer.headers.etag === undefined) {
    if (fetched !== null) await discard(run, wanted);
    throw folder.explain(answer, { action: "GetObject", path });
  }
  const other = isOtherVersion(answer.headers.etag, wanted.etag);
  if (!other && isAsExpected(wanted, answer, fetched)) return fetched;
  await discard(run, wanted);
  throw new HoldallError(other ? "file-changed" : "checksum-mismatch", { subs: [path] });
}

/** The host has written it already, with its digest. */
async function discard(run: Run, { index }: WantedSegment): Promise<void> {
  await run.deps.journal.putPart(run.record().id, index, unusable);
}

function isAsExpected({ size, range }: WantedSegment, answer: HostAnswer, fetched: Digest): boolean {
  const { status, headers } = answer;
  if (range !== null) {
    const described = `bytes ${range.start}-${range.end - 1}/${size}`;
    return status === 206 && headers["content-range"] === described && fetched.size === range.end - range.start;
  }
  if (arrivesDecoded(headers["content-encoding"])) return true;
  const sum = headers["x-amz-checksum-crc32"];
  // `-2` at the end: the checksum of two parts' checksums, which the bytes alone cannot confirm.
  const whole = sum !== undefined && !sum.includes("-") && headers["x-amz-checksum-type"] !== "COMPOSITE";
  return fetched.size === size && (!whole || sum === fetched.crc32);
}

/** Marks segments as not fetched: their bytes turned out to be wrong. */
export async function discardSegments(run: Run, indices: Iterable<number>): Promise<void> {
  for (const index of indices) await run.deps.journal.putPart(run.record().id, index, unusable);
}

/** Entity tags name versions; some servers and proxies add or leave out quotes and the mark of weakness. Without one, any will do. */
export function isOtherVersion(etag: string, wanted: string): boolean {
  return wanted !== "" && bare(etag) !== bare(wanted);
}

function bare(etag: string): string {
  return etag.replace(/^W\//, "").replace(/^"(.*)"$/s, "$1");
}
