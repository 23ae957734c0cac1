import { AwsError, type AwsRequest } from "../../service.ts";
import { invalidArgument } from "../s3-error.ts";
import type { ObjectAttributes } from "../store/records.ts";
import { header } from "./headers.ts";
import { parseTagHeader } from "./tags.ts";

/** Headers that S3 keeps with an object and gives back. */
export const KEPT_HEADERS = [
  "content-type",
  "content-disposition",
  "content-encoding",
  "content-language",
  "cache-control",
  "expires",
] as const;

const METADATA_PREFIX = "x-amz-meta-";
const MAX_METADATA_BYTES = 2048;
const STORAGE_CLASSES = [
  "STANDARD",
  "REDUCED_REDUNDANCY",
  "STANDARD_IA",
  "ONEZONE_IA",
  "INTELLIGENT_TIERING",
  "GLACIER",
  "DEEP_ARCHIVE",
  "GLACIER_IR",
];

/**
 * What a writing request says about the object: content headers, metadata, tags, storage class, encryption.
 *
 * @throws AwsError `MetadataTooLarge`, `InvalidStorageClass`, `InvalidTag`, `InvalidArgument`
 */
export function readObjectAttributes(request: AwsRequest): ObjectAttributes {
  return {
    headers: readContentHeaders(request),
    metadata: readMetadata(request),
    tags: parseTagHeader(header(request, "x-amz-tagging")),
    storageClass: readStorageClass(request),
    encryption: readEncryption(request),
  };
}

function readContentHeaders(request: AwsRequest): Record<string, string> {
  const kept: Record<string, string> = { "content-type": "binary/octet-stream" };
  for (const name of KEPT_HEADERS) {
    const value = name === "content-encoding" ? contentEncoding(request) : header(request, name);
    if (value !== undefined && value !== "") kept[name] = value;
  }
  return kept;
}

/** `aws-chunked` describes the transfer, not the object. */
function contentEncoding(request: AwsRequest): string | undefined {
  const codings = header(request, "content-encoding")?.split(",") ?? [];
  return codings
    .map((coding) => coding.trim())
    .filter((coding) => coding !== "" && coding.toLowerCase() !== "aws-chunked")
    .join(",");
}

function readMetadata(request: AwsRequest): Record<string, string> {
  const entries = Object.keys(request.headers)
    .filter((name) => name.startsWith(METADATA_PREFIX))
    .map((name) => [name.slice(METADATA_PREFIX.length), header(request, name) ?? ""] as const);
  const size = entries.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (size > MAX_METADATA_BYTES) {
    const details = { Size: String(size), MaxSizeAllowed: String(MAX_METADATA_BYTES) };
    const message = "Your metadata headers exceed the maximum allowed metadata size";
    throw new AwsError("MetadataTooLarge", 400, message, details);
  }
  return Object.fromEntries(entries);
}

function readStorageClass(request: AwsRequest): string {
  const storageClass = header(request, "x-amz-storage-class") ?? "STANDARD";
  if (STORAGE_CLASSES.includes(storageClass)) return storageClass;
  const details = { StorageClassRequested: storageClass };
  throw new AwsError("InvalidStorageClass", 400, "The storage class you specified is not valid", details);
}

/** Echoed, not carried out: bytes on the developer's disk stay as they are. Customer-provided keys are not served. */
function readEncryption(request: AwsRequest): Record<string, string> {
  const method = header(request, "x-amz-server-side-encryption") ?? "AES256";
  if (method !== "AES256" && method !== "aws:kms" && method !== "aws:kms:dsse") {
    throw invalidArgument("The encryption method specified is not supported", "x-amz-server-side-encryption", method);
  }
  const result: Record<string, string> = { "x-amz-server-side-encryption": method };
  for (const name of [
    "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-server-side-encryption-bucket-key-enabled",
  ]) {
    const value = header(request, name);
    if (value !== undefined && method !== "AES256") result[name] = value;
  }
  return result;
}
