/** The parts of a multipart upload, several at once. */
import { HoldallError } from "../../shared/holdall-error.ts";
import type { Digest, HostAnswer } from "../host/host-link.ts";
import type { KnownUpload } from "../journal/journal.ts";
import { attempt } from "../requests/attempt.ts";
import { inParallel } from "../requests/in-parallel.ts";
import { orAborted } from "../requests/or-aborted.ts";
import { signedInSlot } from "../requests/signed-in-slot.ts";
import { openFolder, type Run, sent } from "../run.ts";
import type { StoredPart, TransferStore } from "../transfers.ts";
import { bytesOf, digestOf, type PlannedPart, readDigest } from "./upload-parts.ts";

/** Parts of one upload that want a slot: one more than it gets, so that the next is signed when one is through. */
const width = 5;
/** Parts read ahead of those that are sent, so that no connection waits for a digest. */
const ahead = 3;

/** A part as S3 acknowledged it. */
export interface SentPart extends StoredPart {
  /** S3 said the checksum itself: for this part nothing is left to compare. */
  proved: boolean;
}

interface ReadPart {
  part: PlannedPart;
  digest: Promise<Digest>;
}

/**
 * Sends the parts that S3 does not hold as planned, and resolves to all of them in order. A part that fails is tried again by
 * itself; only when it is given up no other is begun.
 * @param known digests of this transfer, by part number
 * @param stored what S3 holds already, by part number
 * @throws HoldallError, also `upload-missing`; HostFailure; Stopped
 */
export async function sendParts(
  run: Run,
  upload: KnownUpload,
  parts: PlannedPart[],
  known: Map<number, Digest>,
  stored: Map<number, StoredPart>,
): Promise<SentPart[]> {
  const over = new AbortController();
  const mine: Run = { ...run, signal: AbortSignal.any([run.signal, over.signal]) };
  const ready = new Map<number, SentPart>();
  try {
    await inParallel(mine, readAhead(mine, parts, known), width, async ({ part, digest }, patience) => {
      // It may be waiting for bytes that are not copied yet.
      const { size, crc32 } = await orAborted(digest, patience.signal);
      const there = stored.get(part.partNumber);
      if (there?.size === size && (there.crc32 === null || there.crc32 === crc32)) {
        run.moved(part.partNumber, size);
        ready.set(part.partNumber, { ...there, crc32, proved: there.crc32 !== null });
        return;
      }
      const send = () => putPart(mine, upload, part, crc32);
      ready.set(part.partNumber, await attempt(patience, () => send().catch(rereading(mine, part, crc32))));
    });
  } catch (error) {
    // An upload of days meets many failures: as long as parts arrive, none of them is the last straw.
    const arrived = parts.some(({ partNumber }) => ready.has(partNumber) && !stored.has(partNumber));
    if (arrived && !run.signal.aborted && run.record().attempts > 0) await run.apply({ type: "progressed" });
    throw error;
  } finally {
    over.abort();
  }
  return parts.flatMap(({ partNumber }) => ready.get(partNumber) ?? []);
}

/** The parts in order, each with its digest on the way, and a few of the next ones too. */
function* readAhead(run: Run, parts: PlannedPart[], known: Map<number, Digest>): Generator<ReadPart> {
  const reading: ReadPart[] = [];
  for (const part of parts) {
    const digest = attempt(run, () => digestOf(run, part, known));
    // Whoever takes the part sees it; those that nobody takes any more are of no interest.
    digest.catch(() => undefined);
    reading.push({ part, digest });
    if (reading.length > ahead) yield* reading.splice(0, 1);
  }
  yield* reading;
}

/** S3 received other bytes: were they changed on the way, or is the source another one by now? */
function rereading(run: Run, part: PlannedPart, crc32: string): (error: unknown) => Promise<never> {
  return async (error) => {
    const mismatch = error instanceof HoldallError && error.code === "checksum-mismatch";
    if (mismatch) await readDigest(run, part, false, crc32);
    throw error;
  };
}

async function putPart(run: Run, upload: KnownUpload, part: PlannedPart, crc32: string): Promise<SentPart> {
  const { deps, signal } = run;
  const { partNumber, range, size } = part;
  const { path, uploadId } = upload;
  const folder = await openFolder(run);
  const sum = folder.checksums ? crc32 : null;
  const sign = () => folder.signUploadPart({ path, uploadId, partNumber, size, crc32: sum });
  const progress = (moved: number) => run.moved(partNumber, moved);
  try {
    const answer = await signedInSlot(run, sign, async (request) => {
      const put = deps.host.put({ bytes: bytesOf(run.record()), range, request }, { signal, progress });
      return await sent(run, request.url, put);
    });
    return acknowledged(run, folder, { partNumber, size, crc32 }, answer);
  } catch (error) {
    run.moved(partNumber, 0);
    throw error;
  }
}

function acknowledged(
  run: Run,
  folder: TransferStore,
  part: { partNumber: number; size: number; crc32: string },
  answer: HostAnswer,
): SentPart {
  const { path, name } = run.record();
  const { etag } = answer.headers;
  // S3 always names one: this came from something that stands in its place, such as a network's sign-in page.
  if (answer.status < 200 || answer.status >= 300 || etag === undefined) {
    throw folder.explain(answer, { action: "PutObject", path });
  }
  const echoed = answer.headers["x-amz-checksum-crc32"];
  if (echoed !== undefined && echoed !== part.crc32) throw new HoldallError("checksum-mismatch", { subs: [name] });
  return { ...part, etag, proved: echoed !== undefined };
}
