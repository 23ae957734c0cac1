import { HoldallError } from "../../shared/holdall-error.ts";
import { openFolder, type Run } from "../run.ts";
import type { StoredObject } from "../transfers.ts";
import { isOurs } from "./is-ours.ts";
import { prove } from "./prove.ts";
import { digestWhole } from "./upload-parts.ts";

/**
 * Asks S3 whether an upload arrived whose answer was not seen; then it is proved. `other`: the name is taken by other bytes,
 * and they may not be replaced.
 */
export async function askS3(run: Run): Promise<"ours" | "other" | "absent"> {
  const stored = await headOrNull(run, run.record().path);
  // Begun once more after it was cancelled: its file may have become another one since this object was made.
  if (stored !== null && run.record().crc32 === null && isOurs(stored, run.record())) await digestWhole(run);
  const record = run.record();
  if (stored !== null && isOurs(stored, record)) {
    await prove(run, { etag: stored.etag });
    return "ours";
  }
  if (stored !== null && record.ifExists !== "replace") return "other";
  if (record.unsure) await run.apply({ type: "absent" });
  return "absent";
}

/** What S3 has under a name; null when there is nothing that the person may see. */
export async function headOrNull(run: Run, path: string): Promise<StoredObject | null> {
  const folder = await openFolder(run);
  try {
    return await folder.head(path);
  } catch (error) {
    // 403 is also what S3 says of a missing object to somebody who may not list all; the upload will tell.
    const absent = error instanceof HoldallError && (error.code === "file-missing" || error.code === "access-denied");
    if (absent) return null;
    throw error;
  }
}
