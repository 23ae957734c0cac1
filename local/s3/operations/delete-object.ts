import type { AwsRequest } from "../../service.ts";
import { createId, type Operation, type S3Context } from "../context.ts";
import { header } from "../requests/headers.ts";
import { etagMatches } from "../requests/read-conditions.ts";
import { conditionalRequestConflict, noSuchKey, preconditionFailed } from "../s3-error.ts";

export interface Deletion {
  /** Of the marker that was made, or of the version that was removed; null when the version was not there. */
  versionId: string | null;
  /** True when a marker was made, or the removed version was one. */
  marker: boolean;
}

/** DeleteObject: a delete marker on top, or with `versionId` the removal of that version for good. */
export const deleteObject: Operation = async (context, request, key) => {
  const { versionId, marker } = await deleteOne(context, key, request.query.get("versionId"), ifMatchOf(request));
  const headers: Record<string, string> = {};
  if (versionId !== null) headers["x-amz-version-id"] = versionId;
  if (marker) headers["x-amz-delete-marker"] = "true";
  return { status: 204, headers, body: null };
};

/**
 * Deletes a key or one of its versions; deleting what is not there succeeds, as in S3.
 *
 * @param ifMatch an ETag or `*` that the current version has to have
 * @throws AwsError `PreconditionFailed`, `NoSuchKey`, `ConditionalRequestConflict`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html
 */
export async function deleteOne(
  context: S3Context,
  key: string,
  versionId: string | null,
  ifMatch: string | undefined,
): Promise<Deletion> {
  const { store } = context;
  const seen = store.latest(key);
  return store.keyLocks.run(key, async () => {
    if (ifMatch !== undefined) {
      const latest = store.latest(key);
      if (latest === undefined) throw noSuchKey(key);
      if (latest !== seen) throw conditionalRequestConflict("If-Match");
      if (latest.kind === "marker" || !etagMatches(ifMatch, latest.etag)) throw preconditionFailed("If-Match");
    }
    if (versionId === null) {
      const marker = { kind: "marker" as const, key, versionId: createId(), modified: context.now() };
      await store.commit({ op: "version", version: marker });
      return { versionId: marker.versionId, marker: true };
    }
    const version = store.version(key, versionId);
    if (version === undefined) return { versionId, marker: false };
    await store.commit({ op: "remove", key, versionId });
    return { versionId, marker: version.kind === "marker" };
  });
}

function ifMatchOf(request: AwsRequest): string | undefined {
  return header(request, "if-match");
}
