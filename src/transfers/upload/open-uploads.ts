/** Multipart uploads of one transfer that S3 may still hold. */
import type { KnownUpload } from "../journal/journal.ts";
import { sameOwner } from "../record.ts";
import type { Run } from "../run.ts";

/** Those of this run's transfer, the newest first. @throws HoldallError `journal-damaged` */
export async function openUploads(run: Run): Promise<KnownUpload[]> {
  const { id } = run.record();
  const all = await run.deps.journal.uploads();
  return all.filter(({ transferId }) => transferId === id).sort((a, b) => b.created - a.created);
}

/** Whether an upload is the one to go on with: it was begun for this name and cut like this. */
export function isOf(run: Run, upload: KnownUpload): boolean {
  const { owner, path, size, partSize } = run.record();
  const sameCut = upload.size === size && upload.partSize === partSize;
  return sameOwner(owner, upload.owner) && upload.path === path && sameCut;
}
