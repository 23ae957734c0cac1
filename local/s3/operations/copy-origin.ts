import type { AwsRequest } from "../../service.ts";
import type { S3Context } from "../context.ts";
import { checkSourceBucket, parseCopySource } from "../requests/copy-source.ts";
import { checkReadConditions } from "../requests/read-conditions.ts";
import { invalidRequest } from "../s3-error.ts";
import type { ObjectVersion } from "../store/records.ts";
import { findVersion, refuseMissing } from "./find-version.ts";

/**
 * Finds the source of a copy, judges its conditions and holds its bytes until `use` is done, as they may be deleted
 * meanwhile.
 *
 * @param use gets the source and whether the request named its version
 * @throws AwsError `NoSuchBucket`, `NoSuchKey`, `NoSuchVersion`, `AccessDenied`, `PreconditionFailed`, `InvalidRequest`
 */
export async function withCopyOrigin<Result>(
  context: S3Context,
  request: AwsRequest,
  use: (version: ObjectVersion, named: boolean) => Promise<Result>,
): Promise<Result> {
  const source = parseCopySource(request);
  checkSourceBucket(source, context.bucket);
  const { store } = context;
  const { key, versionId } = source;
  if (versionId !== null && store.version(key, versionId)?.kind === "marker") {
    throw invalidRequest("The source of a copy request may not specifically refer to a delete marker by version id.");
  }
  const version = findVersion(context, key, versionId) ?? (await refuseMissing(context, request, key, versionId));
  store.files.retain(version.segments);
  try {
    checkReadConditions(request, version, "x-amz-copy-source-");
    return await use(version, versionId !== null);
  } finally {
    store.files.release(version.segments);
  }
}
