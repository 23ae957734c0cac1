import type { AwsRequest } from "../../service.ts";
import { conditionalRequestConflict, noSuchKey, notImplemented, preconditionFailed } from "../s3-error.ts";
import type { ObjectStore } from "../store/object-store.ts";
import { header } from "./headers.ts";
import { etagMatches } from "./read-conditions.ts";

/** The conditions of a PutObject, CopyObject or CompleteMultipartUpload, taken down when the request begins. */
export interface WriteConditions {
  ifMatch: string | undefined;
  ifNoneMatch: string | undefined;
  /** Deletions of the key so far: one that happens during the upload is a conflict. */
  deletions: number;
}

/** @throws AwsError `NotImplemented` for what S3 does not take on writes: an ETag in If-None-Match, or both headers. */
export function readWriteConditions(store: ObjectStore, request: AwsRequest, key: string): WriteConditions {
  const ifMatch = header(request, "if-match");
  const ifNoneMatch = header(request, "if-none-match");
  if (ifNoneMatch !== undefined && (ifNoneMatch !== "*" || ifMatch !== undefined))
    throw notImplemented("If-None-Match");
  return { ifMatch, ifNoneMatch, deletions: store.index.get(key)?.deletions ?? 0 };
}

/**
 * Judges the conditions; the caller holds the key's lock until the commit.
 *
 * @throws AwsError `PreconditionFailed`, `NoSuchKey` (If-Match without an object), `ConditionalRequestConflict` (409)
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function checkWriteConditions(store: ObjectStore, key: string, conditions: WriteConditions): void {
  const { ifMatch, ifNoneMatch } = conditions;
  if (ifMatch === undefined && ifNoneMatch === undefined) return;
  const current = store.current(key);
  if (ifNoneMatch !== undefined && current !== undefined) throw preconditionFailed("If-None-Match");
  if (ifMatch !== undefined && current === undefined) throw noSuchKey(key);
  if ((store.index.get(key)?.deletions ?? 0) !== conditions.deletions) {
    throw conditionalRequestConflict(ifMatch === undefined ? "If-None-Match" : "If-Match");
  }
  if (ifMatch !== undefined && current !== undefined && !etagMatches(ifMatch, current.etag)) {
    throw preconditionFailed("If-Match");
  }
}
