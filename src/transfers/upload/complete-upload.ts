/** CompleteMultipartUpload: from its parts to an object, whose bytes are proved. */
import { crc32Base64 } from "../../shared/crc32.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { wholeCrc32 } from "../download/whole-crc32.ts";
import type { HostAnswer } from "../host/host-link.ts";
import type { KnownUpload } from "../journal/journal.ts";
import { checkOwner, openFolder, type Run, sent } from "../run.ts";
import type { StoredPart, TransferStore } from "../transfers.ts";
import { askS3, headOrNull } from "./ask-s3.ts";
import { completionOf } from "./completion-answer.ts";
import { isOurs } from "./is-ours.ts";
import { prove } from "./prove.ts";
import type { SentPart } from "./send-parts.ts";
import type { PlannedPart } from "./upload-parts.ts";
import type { Sending } from "./upload-single.ts";

/**
 * Completes an upload all of whose parts are acknowledged, once: for another try, S3 is asked first whether this one worked.
 * @throws HoldallError, also `upload-missing`; HostFailure; Stopped
 */
export async function completeUpload(
  run: Run,
  upload: KnownUpload,
  planned: PlannedPart[],
  parts: SentPart[],
): Promise<Sending> {
  if (run.record().unsure) {
    const found = await askS3(run);
    if (found !== "absent") return found === "ours" ? "done" : "taken";
  }
  const { fingerprint, name, size } = run.record();
  const crc32 = crc32Base64(wholeCrc32(parts.map((part) => ({ size: part.size, crc32: part.crc32 ?? "" }))));
  // It was another when all was read before: the source changed.
  const { crc32: before } = run.record();
  if (before !== null && before !== crc32) throw new HoldallError("file-unreadable", { subs: [name] });
  if (before === null) await run.apply({ type: "digested", crc32, fingerprint });
  const folder = await openFolder(run);
  // Where S3 did not tell each checksum itself, its own list has to say that all parts are there.
  const listed = parts.every(({ proved }) => proved) ? parts : await folder.listParts(upload);
  const complete = compared(planned, parts, listed);
  if (complete === null) throw new HoldallError("checksum-mismatch", { subs: [name] });
  const { path, uploadId } = upload;
  const ifNoneMatch = run.record().ifExists !== "replace";
  const sum = folder.checksums ? crc32 : null;
  const request = await folder.signCompleteUpload({ path, uploadId, parts: complete, size, crc32: sum, ifNoneMatch });
  await run.apply({ type: "committing" });
  await checkOwner(run);
  const answer = await sent(run, request.url, run.deps.host.send(request, { signal: run.signal }));
  return await judge(run, folder, answer);
}

/** The parts to complete with; null when they are not, in number, size and checksum, those of the plan. */
function compared(planned: PlannedPart[], sent: SentPart[], listed: StoredPart[]): StoredPart[] | null {
  const byNumber = new Map(listed.map((part) => [part.partNumber, part]));
  const complete = planned.flatMap(({ partNumber, size }, index) => {
    const there = byNumber.get(partNumber);
    const mine = sent[index];
    if (there === undefined || mine?.partNumber !== partNumber) return [];
    const equal = there.size === size && mine.size === size && (there.crc32 === null || there.crc32 === mine.crc32);
    return equal ? [{ partNumber, size, etag: there.etag, crc32: mine.crc32 }] : [];
  });
  return complete.length === planned.length ? complete : null;
}

async function judge(run: Run, folder: TransferStore, answer: HostAnswer): Promise<Sending> {
  const { path, name, crc32 } = run.record();
  const { etag, sum } = completionOf(answer);
  if (etag === null) {
    const failure = folder.explain(answer, { action: "PutObject", path });
    // What S3 refuses outright made no object; a 412 may be due to an earlier completion whose answer was lost, a missing
    // upload too; a 5xx, and a 200 that carries an error, may have been carried out.
    const missing = failure.code === "upload-missing";
    const refused = answer.status >= 400 && answer.status < 500 && answer.status !== 412 && !missing;
    await run.apply({ type: "answered", unsure: !refused });
    if (answer.status === 412) return "refused";
    throw failure;
  }
  if (sum !== crc32) {
    // Its checksum is not told (or is none of the whole): the object itself is asked.
    const stored = await headOrNull(run, path);
    if (stored === null || !isOurs(stored, run.record())) {
      await run.apply({ type: "answered", unsure: true });
      throw new HoldallError("checksum-mismatch", { subs: [name] });
    }
  }
  await prove(run, { etag, date: answer.headers.date });
  return "done";
}
