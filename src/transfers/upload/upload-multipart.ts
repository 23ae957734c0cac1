/** An upload in parts. https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html */
import { HoldallError } from "../../shared/holdall-error.ts";
import { HostFailure } from "../host/host-link.ts";
import type { KnownUpload } from "../journal/journal.ts";
import { hasEnded } from "../machine.ts";
import { attempt } from "../requests/attempt.ts";
import { checkOwner, openFolder, type Run, sent } from "../run.ts";
import type { StoredPart, TransferDeps } from "../transfers.ts";
import { tryToAbort } from "./abort-upload.ts";
import { askS3 } from "./ask-s3.ts";
import { completeUpload } from "./complete-upload.ts";
import { metadataOf } from "./is-ours.ts";
import { isOf, openUploads } from "./open-uploads.ts";
import { type SentPart, sendParts } from "./send-parts.ts";
import { type PlannedPart, partsOf, readDigest } from "./upload-parts.ts";
import type { Sending } from "./upload-single.ts";

/**
 * Goes on with the multipart upload that the journal knows, or begins one, and completes it.
 * @returns `again`: the upload was gone and is forgotten
 * @throws HoldallError, HostFailure, Stopped; what was sent serves the next run
 */
export async function uploadMultipart(run: Run): Promise<Sending> {
  const going = (await openUploads(run)).find((upload) => isOf(run, upload));
  if (going === undefined && run.record().ifExists !== "replace") {
    // Before GBs are sent into a conflict.
    const there = await attempt(run, () => askS3(run));
    if (there !== "absent") return there === "ours" ? "done" : "taken";
  }
  const upload = going ?? (await attempt(run, () => open(run)));
  try {
    return await carryOut(run, upload, going === undefined);
  } catch (error) {
    if (!(error instanceof HoldallError) || error.code !== "upload-missing") throw error;
    // Ended by the bucket's rule, or by somebody else; or completed after all, which is asked for before all of it is sent
    // again. If S3 only seems to have forgotten it, nobody else would abort it.
    await tryToAbort(run.deps, [upload]);
    await run.deps.journal.forgetUpload(upload.uploadId);
    return (await attempt(run, () => askS3(run))) === "ours" ? "done" : "again";
  }
}

async function carryOut(run: Run, upload: KnownUpload, fresh: boolean): Promise<Sending> {
  const { deps } = run;
  const known = await deps.journal.parts(run.record().id);
  const stored = fresh ? [] : await attempt(run, async () => (await openFolder(run)).listParts(upload));
  const planned = partsOf(run.record());
  const parts = await sendParts(run, upload, planned, known, byNumber(stored));
  if (run.record().live && deps.host.rereadSources) await compareSource(run, planned, parts);
  const outcome = await attempt(run, () => completeUpload(run, upload, planned, parts));
  if (outcome === "done") await deps.journal.forgetUpload(upload.uploadId);
  return outcome;
}

/** Parts that were read one after the other from a file that changed meanwhile are a file that never was. @throws HoldallError `file-unreadable` */
async function compareSource(run: Run, planned: PlannedPart[], parts: SentPart[]): Promise<void> {
  for (const [index, part] of planned.entries()) await readDigest(run, part, false, parts[index]?.crc32 ?? null);
}

function byNumber(parts: StoredPart[]): Map<number, StoredPart> {
  return new Map(parts.map((part) => [part.partNumber, part]));
}

/** CreateMultipartUpload; the host journals its id before anybody knows of it. */
async function open(run: Run): Promise<KnownUpload> {
  const { deps } = run;
  const folder = await openFolder(run);
  const record = run.record();
  const { id: transferId, owner, path, size, partSize, contentType } = record;
  const request = await folder.signCreateUpload({ path, contentType, metadata: metadataOf(record) });
  await checkOwner(run);
  const upload = { transferId, owner, path, size, partSize, created: deps.now() };
  // Not broken off when the transfer is stopped: S3 would keep an upload whose id nobody knows.
  const watch = { signal: new AbortController().signal };
  const { answer, uploadId, unnoted } = await sent(run, request.url, deps.host.open(upload, request, watch));
  if (unnoted !== undefined && uploadId !== null) {
    await tryToAbort(deps, [{ ...upload, uploadId }]);
    throw new HostFailure(unnoted);
  }
  if (run.signal.aborted && uploadId !== null) await abortIfEnded(deps, { ...upload, uploadId });
  run.signal.throwIfAborted();
  if (uploadId === null) throw folder.explain(answer, { action: "PutObject", path });
  return { ...upload, uploadId };
}

/** The transfer was stopped while S3 opened the upload. Whoever cancelled it had nothing to abort yet. */
async function abortIfEnded(deps: TransferDeps, upload: KnownUpload): Promise<void> {
  // Until the journal knows how the transfer stands.
  await deps.pause(1000);
  const records = await deps.journal.list();
  const record = records.find(({ id }) => id === upload.transferId);
  if (record === undefined || hasEnded(record)) await tryToAbort(deps, [upload]);
}
