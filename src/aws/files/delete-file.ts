import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import { HoldallError } from "../../shared/holdall-error.ts";
import { existingKey } from "../keys.ts";
import { headFile } from "./head-file.ts";
import { isListed } from "./list-files.ts";
import { contextOf, type ObjectStore } from "./object-store.ts";

/**
 * Deletes an object while it is the one that was listed, or whatever is there when `etag` is null.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html
 * @returns the version id of the delete marker, which undoes it; null without versions
 * @throws HoldallError `file-changed`, and what `mapAwsError` makes of AWS's errors
 */
export async function deleteFile(
  store: ObjectStore,
  { path, etag }: { path: string; etag: string | null },
): Promise<{ deleteMarker: string | null }> {
  if (etag === null) return await deleteIf(store, path, null);
  try {
    return await deleteIf(store, path, etag);
  } catch (error) {
    if (!(error instanceof HoldallError)) throw error;
    // S3-compatible stores may know no conditional delete: looking first leaves a moment's gap, but no other way.
    if (error.facts.status === 501 || error.facts.awsCode === "NotImplemented") {
      if ((await headFile(store, path)).etag !== etag) throw new HoldallError("file-changed", { subs: [path] });
      return deleteIf(store, path, null);
    }
    // Gone, by this very request when its first answer was lost, or by somebody else: either way it is done.
    if (doubtful.has(error.code) && (await isGone(store, path))) return { deleteMarker: null };
    throw error;
  }
}

/** What S3 says to a deletion that goes out a second time, or says nothing. */
const doubtful = new Set(["file-missing", "file-changed", "offline", "unreachable", "timeout", "service-unavailable"]);

async function isGone(store: ObjectStore, path: string): Promise<boolean> {
  try {
    return !(await isListed(store, path));
  } catch {
    // What is not known to be gone is not said to be: the first error stands.
    return false;
  }
}

async function deleteIf(store: ObjectStore, path: string, etag: string | null) {
  const command = new DeleteObjectCommand({
    Bucket: store.profile.bucket.name,
    Key: existingKey(store.identity, path),
    ...(etag !== null && { IfMatch: etag }),
  });
  const answer = await store.send(contextOf(store, "DeleteObject", path), () => store.client().send(command));
  return { deleteMarker: answer.DeleteMarker === true ? (answer.VersionId ?? null) : null };
}

/** Takes a delete marker away, so that the version under it is the object again. Doing it twice changes nothing more. */
export async function undeleteFile(
  store: ObjectStore,
  { path, deleteMarker }: { path: string; deleteMarker: string },
): Promise<void> {
  const command = new DeleteObjectCommand({
    Bucket: store.profile.bucket.name,
    Key: existingKey(store.identity, path),
    VersionId: deleteMarker,
  });
  await store.send(contextOf(store, "DeleteObjectVersion", path), () => store.client().send(command));
}
