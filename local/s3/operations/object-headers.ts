import type { AwsRequest } from "../../service.ts";
import { checksumHeader } from "../checksums/algorithms.ts";
import { header, httpDate } from "../requests/headers.ts";
import { KEPT_HEADERS } from "../requests/object-attributes.ts";
import { invalidArgument } from "../s3-error.ts";
import type { Checksum, ObjectVersion } from "../store/records.ts";

/** `x-amz-checksum-crc32: …` with its type; nothing without a checksum. */
export function checksumHeaders(checksum: Checksum | null): Record<string, string> {
  if (checksum === null) return {};
  return { [checksumHeader(checksum.algorithm)]: checksum.value, "x-amz-checksum-type": checksum.type };
}

/** Whether a read asks for the stored checksum. */
export function wantsChecksum(request: AwsRequest): boolean {
  return header(request, "x-amz-checksum-mode")?.toUpperCase() === "ENABLED";
}

/** The headers of GetObject and HeadObject that describe the version, without those of its length and range. */
export function describeVersion(version: ObjectVersion, query: URLSearchParams): Record<string, string> {
  const headers: Record<string, string> = {
    "last-modified": httpDate(version.modified),
    etag: `"${version.etag}"`,
    "accept-ranges": "bytes",
    "x-amz-version-id": version.versionId,
    ...version.encryption,
    ...version.headers,
  };
  for (const [name, value] of Object.entries(version.metadata)) headers[`x-amz-meta-${name}`] = value;
  if (version.storageClass !== "STANDARD") headers["x-amz-storage-class"] = version.storageClass;
  if (version.tags.length > 0) headers["x-amz-tagging-count"] = String(version.tags.length);
  return { ...headers, ...readOverrides(query) };
}

/**
 * The `response-content-type` kind of parameters.
 *
 * @throws AwsError `InvalidArgument` for a value that no HTTP header can hold
 */
function readOverrides(query: URLSearchParams): Record<string, string> {
  const overrides: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const parameter = `response-${name}`;
    const value = query.get(parameter);
    if (value === null) continue;
    if (!/^[\t\x20-\x7e\xa0-\xff]*$/.test(value)) {
      throw invalidArgument("Header value cannot be represented using ISO-8859-1.", parameter, value);
    }
    overrides[name] = value;
  }
  return overrides;
}
