import { AwsError, type AwsRequest, type AwsResponse } from "../../service.ts";
import type { Operation } from "../context.ts";
import { type ByteRange, parseByteRange } from "../requests/byte-range.ts";
import { header } from "../requests/headers.ts";
import { partNumberParameter } from "../requests/integer-parameter.ts";
import { checkReadConditions } from "../requests/read-conditions.ts";
import { invalidRequest } from "../s3-error.ts";
import type { Checksum, ObjectVersion } from "../store/records.ts";
import { findVersion, refuseMissing } from "./find-version.ts";
import { checksumHeaders, describeVersion, wantsChecksum } from "./object-headers.ts";

/** What part of a version an answer carries. */
interface Extent extends Partial<ByteRange> {
  size: number;
  headers: Record<string, string>;
}

/** GetObject: whole, by `Range`, or by `partNumber`. */
export const getObject: Operation = async (context, request, key) => {
  const versionId = request.query.get("versionId");
  const version = findVersion(context, key, versionId) ?? (await refuseMissing(context, request, key, versionId));
  return answer(request, version, (start, end) => context.store.files.read(version.segments, start, end));
};

/** HeadObject: the same headers without the bytes. */
export const headObject: Operation = async (context, request, key) => {
  const versionId = request.query.get("versionId");
  const version = findVersion(context, key, versionId) ?? (await refuseMissing(context, request, key, versionId));
  return answer(request, version, () => null);
};

function answer(
  request: AwsRequest,
  version: ObjectVersion,
  open: (start: number, end: number) => AwsResponse["body"],
): AwsResponse {
  const headers = describeVersion(version, request.query);
  if (!checkReadConditions(request, version)) {
    const { etag = "", "last-modified": modified = "" } = headers;
    const kept = { etag, "last-modified": modified, "x-amz-version-id": version.versionId };
    return { status: 304, headers: kept, body: null };
  }
  const extent = extentOf(request, version);
  const { start, end } = extent;
  Object.assign(headers, extent.headers, { "content-length": String(extent.size) });
  if (start === undefined || end === undefined) {
    return { status: 200, headers, body: version.size === 0 ? null : open(0, version.size - 1) };
  }
  headers["content-range"] = `bytes ${start}-${end}/${version.size}`;
  return { status: 206, headers, body: open(start, end) };
}

function extentOf(request: AwsRequest, version: ObjectVersion): Extent {
  const range = header(request, "range");
  if (request.query.has("partNumber")) {
    if (range !== undefined) throw invalidRequest("Cannot specify both Range header and partNumber query parameter");
    return partExtent(request, version, partNumberParameter(request.query));
  }
  const wanted = parseByteRange(range, version.size);
  // The checksum of the whole does not describe a range: a client that compared them would fail.
  if (wanted !== null) return { ...wanted, size: wanted.end - wanted.start + 1, headers: {} };
  return { size: version.size, headers: wantsChecksum(request) ? checksumHeaders(version.checksum) : {} };
}

/** An object that was not uploaded in parts counts as one part. */
function partExtent(request: AwsRequest, version: ObjectVersion, number: number): Extent {
  const parts = version.parts ?? [{ number: 1, size: version.size, checksum: version.checksum?.value ?? null }];
  const part = parts[number - 1];
  if (part === undefined) {
    throw new AwsError("InvalidPartNumber", 416, "The requested partnumber is not satisfiable", {
      PartNumberRequested: String(number),
      ActualPartCount: String(parts.length),
    });
  }
  const headers: Record<string, string> =
    version.parts === null ? {} : { "x-amz-mp-parts-count": String(parts.length) };
  if (wantsChecksum(request)) Object.assign(headers, checksumHeaders(partChecksum(version, part.checksum)));
  if (part.size === 0) return { size: 0, headers };
  const start = parts.slice(0, number - 1).reduce((sum, before) => sum + before.size, 0);
  return { start, end: start + part.size - 1, size: part.size, headers };
}

function partChecksum({ checksum }: ObjectVersion, value: string | null): Checksum | null {
  return checksum === null || value === null ? null : { ...checksum, value };
}
