import { CopyObjectCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { HoldallError } from "../../shared/holdall-error.ts";
import { existingKey, objectKey } from "../keys.ts";
import { type ObjectStore, usesChecksums } from "./object-store.ts";
import { type SignedRequest, sign } from "./sign-request.ts";

export interface SignPutInput {
  path: string;
  /** Bytes. */
  size: number;
  contentType: string;
  /** CRC-32 in base64 of the four big-endian bytes: S3 refuses a body that does not match. */
  crc32: string | null;
  /** Only when there is no object of that name: `If-None-Match: *`. */
  ifNoneMatch: boolean;
  /** Only when the object is still this one. */
  ifMatch?: string;
  /** Becomes `x-amz-meta-…`. */
  metadata?: Record<string, string>;
}

export interface SignCopyInput {
  /** Path of the source. */
  from: string;
  /** The source's: S3 refuses to copy another version. */
  etag: string;
  path: string;
  contentType: string;
  /** Only when there is no object of that name: `If-None-Match: *`. */
  ifNoneMatch: boolean;
  /** Of the copy, in place of the source's. */
  metadata?: Record<string, string>;
}

/** S3 User Guide, "Uploading objects": a single PUT carries at most 5 GiB. */
const largestPut = 5 * 1024 ** 3;

/** S3 keeps `binary/octet-stream` for an object of no type, which browsers do not know. */
export function typeOf(contentType: string): string {
  return contentType || "application/octet-stream";
}

/**
 * A PutObject for somebody else to send. The body is not hashed (`UNSIGNED-PAYLOAD`): the signed CRC-32 stands for it.
 * @throws HoldallError `name-*`, `file-too-large`, and what the credential source throws
 */
export async function signPut(store: ObjectStore, input: SignPutInput): Promise<SignedRequest> {
  const { path, size, crc32, ifNoneMatch, ifMatch, metadata } = input;
  if (size > largestPut) throw new HoldallError("file-too-large", { subs: [String(size)] });
  const command = new PutObjectCommand({
    Bucket: store.profile.bucket.name,
    Key: objectKey(store.identity, path),
    ContentType: typeOf(input.contentType),
    ContentLength: size,
    ...(crc32 !== null && usesChecksums(store) && { ChecksumCRC32: crc32 }),
    ...(ifNoneMatch && { IfNoneMatch: "*" }),
    ...(ifMatch !== undefined && { IfMatch: ifMatch }),
    ...(metadata !== undefined && { Metadata: metadata }),
  });
  return sign(store, command, { action: "PutObject", path });
}

/**
 * A GetObject for somebody else to send.
 * @param input.range as in HTTP, for example `bytes=0-1023`
 * @throws HoldallError `name-*`, and what the credential source throws
 */
export async function signGet(
  store: ObjectStore,
  input: { path: string; etag?: string | null; range?: string },
): Promise<SignedRequest> {
  const { path, etag, range } = input;
  const command = new GetObjectCommand({
    Bucket: store.profile.bucket.name,
    Key: existingKey(store.identity, path),
    ...(usesChecksums(store) && { ChecksumMode: "ENABLED" }),
    ...(etag ? { IfMatch: etag } : {}),
    ...(range !== undefined && { Range: range }),
  });
  return sign(store, command, { action: "GetObject", path });
}

/**
 * A CopyObject within the folder, for objects up to 5 GiB. The copy stands for an upload: content type, metadata and (no)
 * tags are its own, and S3 reckons its CRC-32 if the source has none. Copying tags would need two more permissions. S3 answers
 * 412 when the source is another one by now, and when the name is taken; 403 or 404 when the source is gone; and may answer
 * 200 with an error.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 * @throws HoldallError `name-*`, and what the credential source throws
 */
export async function signCopy(store: ObjectStore, input: SignCopyInput): Promise<SignedRequest> {
  const { path, ifNoneMatch, metadata } = input;
  const bucket = store.profile.bucket.name;
  const command = new CopyObjectCommand({
    Bucket: bucket,
    Key: objectKey(store.identity, path),
    CopySource: `${bucket}/${encodeKey(existingKey(store.identity, input.from))}`,
    CopySourceIfMatch: input.etag,
    ContentType: typeOf(input.contentType),
    MetadataDirective: "REPLACE",
    TaggingDirective: "REPLACE",
    ...(usesChecksums(store) && { ChecksumAlgorithm: "CRC32" }),
    ...(ifNoneMatch && { IfNoneMatch: "*" }),
    ...(metadata !== undefined && { Metadata: metadata }),
  });
  return sign(store, command, { action: "PutObject", path });
}

/** The SDK sends the source as it is; S3 decodes it. */
function encodeKey(key: string): string {
  return encodeURIComponent(key).replaceAll("%2F", "/");
}
