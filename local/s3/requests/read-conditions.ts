import type { AwsRequest } from "../../service.ts";
import { preconditionFailed } from "../s3-error.ts";
import type { ObjectVersion } from "../store/records.ts";
import { header, parseHttpDate } from "./headers.ts";

/** Prefix of the headers that put conditions on the source of a copy. */
export type ConditionPrefix = "" | "x-amz-copy-source-";

/**
 * Judges If-Match, If-Unmodified-Since, If-None-Match and If-Modified-Since in the order of RFC 9110, section 13.2.2;
 * an ETag condition that holds makes the date condition of its kind count for nothing.
 *
 * @returns false when the answer is "304 Not Modified"
 * @throws AwsError `PreconditionFailed`, which names the header; for a copy also where a read would answer 304
 */
export function checkReadConditions(
  request: AwsRequest,
  version: ObjectVersion,
  prefix: ConditionPrefix = "",
): boolean {
  const value = (name: string) => header(request, `${prefix}${name}`);
  const modified = Math.floor(version.modified / 1000);

  const ifMatch = value("if-match");
  const unmodifiedSince = parseHttpDate(value("if-unmodified-since"));
  if (ifMatch !== undefined) {
    if (!etagMatches(ifMatch, version.etag)) throw preconditionFailed(`${prefix}If-Match`);
  } else if (unmodifiedSince !== undefined && modified > unmodifiedSince) {
    throw preconditionFailed(`${prefix}If-Unmodified-Since`);
  }

  const ifNoneMatch = value("if-none-match");
  const modifiedSince = parseHttpDate(value("if-modified-since"));
  let changed = true;
  if (ifNoneMatch !== undefined) changed = !etagMatches(ifNoneMatch, version.etag);
  else if (modifiedSince !== undefined) changed = modified > modifiedSince;
  if (!changed && prefix !== "")
    throw preconditionFailed(`${prefix}${ifNoneMatch !== undefined ? "If-None-Match" : "If-Modified-Since"}`);
  return changed;
}

/** Whether a list of ETags, quoted or not, or `*`, names this one. */
export function etagMatches(list: string, etag: string): boolean {
  return list
    .split(",")
    .map((entry) =>
      entry
        .trim()
        .replace(/^W\//, "")
        .replace(/^"(.*)"$/, "$1"),
    )
    .some((entry) => entry === "*" || entry === etag);
}
