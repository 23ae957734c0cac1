import { HoldallError } from "../../shared/holdall-error.ts";
import type { KnownUpload } from "../journal/journal.ts";
import type { Owner } from "../record.ts";
import type { TransferDeps, TransferStore } from "../transfers.ts";

/** A part that arrives after the abort is kept, and paid for: S3 wants the abort again then. */
const mostRounds = 6;
const firstPause = 250;

/**
 * Aborts a multipart upload and forgets it, once S3 says that nothing of it is left.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html
 * @throws HoldallError `signed-out` when another person, or nobody, is signed in to the profile, and what S3's refusal means;
 *   HostFailure. The journal then still knows the upload.
 */
export async function abortUpload(deps: TransferDeps, upload: KnownUpload): Promise<void> {
  const { owner, path, uploadId } = upload;
  for (let round = 0; round < mostRounds; round++) {
    if (round > 0) await deps.pause(firstPause * 2 ** round);
    await checkIdentity(deps, owner);
    const folder = await deps.storage(owner);
    const request = await folder.signAbortUpload({ path, uploadId });
    await checkIdentity(deps, owner);
    // Nobody gives this up half-way: it stands for a transfer that has ended.
    const answer = await deps.host.send(request, { signal: new AbortController().signal });
    const ok = answer.status >= 200 && answer.status < 300;
    const failure = ok ? null : folder.explain(answer, { action: "AbortMultipartUpload", path });
    if (failure !== null && failure.code !== "upload-missing") throw failure;
    if (failure !== null || (await isGone(folder, upload))) return await deps.journal.forgetUpload(uploadId);
  }
  throw new HoldallError("service-unavailable", { subs: ["S3"] });
}

async function isGone(folder: TransferStore, { path, uploadId }: KnownUpload): Promise<boolean> {
  try {
    await folder.listParts({ path, uploadId });
    return false;
  } catch (error) {
    // Who may abort but not list has S3's word for the abort, and no more.
    if (error instanceof HoldallError && (error.code === "upload-missing" || error.code === "access-denied"))
      return true;
    throw error;
  }
}

async function checkIdentity(deps: TransferDeps, { profile, identity }: Owner): Promise<void> {
  if ((await deps.identity(profile)) !== identity) throw new HoldallError("signed-out");
}

/** Aborts what can be aborted now; the rest stays in the journal for leftovers.ts. */
export async function tryToAbort(deps: TransferDeps, uploads: KnownUpload[]): Promise<void> {
  for (const upload of uploads) await abortUpload(deps, upload).catch(() => undefined);
}
