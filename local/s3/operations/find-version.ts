import type { AwsRequest } from "../../service.ts";
import { hiddenUnlessListable, type S3Context } from "../context.ts";
import { httpDate } from "../requests/headers.ts";
import { invalidArgument, noSuchKey, noSuchVersion, S3Error } from "../s3-error.ts";
import type { DeleteMarker, ObjectVersion, Version } from "../store/records.ts";

/**
 * The version that a read names: the one of `versionId`, else the newest; undefined when that is no object. Not async on
 * purpose: between this answer and taking hold of the files, no deletion can come.
 */
export function findVersion({ store }: S3Context, key: string, versionId: string | null): ObjectVersion | undefined {
  const version = versionId === null ? store.latest(key) : store.version(key, versionId);
  return version?.kind === "object" ? version : undefined;
}

/**
 * Why findVersion found nothing.
 *
 * @throws AwsError always: `NoSuchKey`, `NoSuchVersion`, `AccessDenied` in their place for callers who may not list,
 *   `MethodNotAllowed` when `versionId` names a delete marker
 */
export async function refuseMissing(
  context: S3Context,
  request: AwsRequest,
  key: string,
  versionId: string | null,
): Promise<never> {
  if (versionId === "") throw invalidArgument("Version id cannot be the empty string", "versionId", versionId);
  const version = versionId === null ? context.store.latest(key) : context.store.version(key, versionId);
  if (versionId !== null && version?.kind === "marker") throw methodNotAllowed(version);
  throw await hiddenUnlessListable(context, request, notFound(key, versionId, version));
}

function notFound(key: string, versionId: string | null, version: Version | undefined): Error {
  if (versionId !== null) return noSuchVersion(key, versionId);
  if (version === undefined) return noSuchKey(key);
  const { code, status, message, details } = noSuchKey(key);
  return new S3Error(code, status, message, details, markerHeaders(version));
}

function methodNotAllowed(marker: DeleteMarker): S3Error {
  const message = "The specified method is not allowed against this resource.";
  const headers = { ...markerHeaders(marker), allow: "DELETE", "last-modified": httpDate(marker.modified) };
  return new S3Error("MethodNotAllowed", 405, message, { ResourceType: "DeleteMarker" }, headers);
}

function markerHeaders(marker: Version): Record<string, string> {
  return { "x-amz-delete-marker": "true", "x-amz-version-id": marker.versionId };
}
