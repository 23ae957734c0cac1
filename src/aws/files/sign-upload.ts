/** Requests of a multipart upload. https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html */
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { existingKey, objectKey } from "../keys.ts";
import type { StoredPart } from "./list-parts.ts";
import { type ObjectStore, usesChecksums } from "./object-store.ts";
import { typeOf } from "./sign-object.ts";
import { type SignedRequest, sign } from "./sign-request.ts";

export interface SignCreateUploadInput {
  path: string;
  contentType: string;
  /** Becomes `x-amz-meta-…` of the object. */
  metadata?: Record<string, string>;
}

export interface SignUploadPartInput {
  path: string;
  uploadId: string;
  /** From 1 to 10,000. */
  partNumber: number;
  /** Bytes: 5 MiB to 5 GiB, the last part may have fewer. */
  size: number;
  /** CRC-32 of the part in base64: S3 refuses a body that does not match. */
  crc32: string | null;
}

export interface SignCompleteUploadInput {
  path: string;
  uploadId: string;
  /** In order of their numbers. */
  parts: StoredPart[];
  /** Bytes of the whole. */
  size: number;
  /** CRC-32 of the whole in base64, as of an object in one piece. */
  crc32: string | null;
  /** Only when there is no object of that name by then: `If-None-Match: *`. */
  ifNoneMatch: boolean;
}

/**
 * CreateMultipartUpload; the answer holds `<UploadId>`. The CRC-32 will be the whole object's (`FULL_OBJECT`), so that it can
 * be compared with one of the file, however it was cut into parts.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 * @throws HoldallError `name-*`, and what the credential source throws
 */
export async function signCreateUpload(store: ObjectStore, input: SignCreateUploadInput): Promise<SignedRequest> {
  const { path, contentType, metadata } = input;
  const command = new CreateMultipartUploadCommand({
    Bucket: store.profile.bucket.name,
    Key: objectKey(store.identity, path),
    ContentType: typeOf(contentType),
    ...(usesChecksums(store) && { ChecksumAlgorithm: "CRC32", ChecksumType: "FULL_OBJECT" }),
    ...(metadata !== undefined && { Metadata: metadata }),
  });
  return sign(store, command, { action: "PutObject", path });
}

/**
 * UploadPart. The body is not hashed (`UNSIGNED-PAYLOAD`): the signed CRC-32 stands for it.
 * @throws HoldallError `name-*`, and what the credential source throws
 */
export async function signUploadPart(store: ObjectStore, input: SignUploadPartInput): Promise<SignedRequest> {
  const { path, uploadId, partNumber, size, crc32 } = input;
  const command = new UploadPartCommand({
    Bucket: store.profile.bucket.name,
    Key: objectKey(store.identity, path),
    UploadId: uploadId,
    PartNumber: partNumber,
    ContentLength: size,
    ...(crc32 !== null && usesChecksums(store) && { ChecksumCRC32: crc32 }),
  });
  return sign(store, command, { action: "PutObject", path });
}

/**
 * CompleteMultipartUpload. S3 compares every part's checksum, the whole's and its size before there is an object; the answer
 * may be an error though its status is 200.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
 * @throws HoldallError `name-*`, and what the credential source throws
 */
export async function signCompleteUpload(store: ObjectStore, input: SignCompleteUploadInput): Promise<SignedRequest> {
  const { path, uploadId, parts, size, crc32, ifNoneMatch } = input;
  const checksums = usesChecksums(store);
  const command = new CompleteMultipartUploadCommand({
    Bucket: store.profile.bucket.name,
    Key: objectKey(store.identity, path),
    UploadId: uploadId,
    MpuObjectSize: size,
    ...(checksums && crc32 !== null && { ChecksumCRC32: crc32, ChecksumType: "FULL_OBJECT" }),
    ...(ifNoneMatch && { IfNoneMatch: "*" }),
    MultipartUpload: {
      Parts: parts.map((part) => ({
        PartNumber: part.partNumber,
        ETag: part.etag,
        ...(checksums && part.crc32 !== null && { ChecksumCRC32: part.crc32 }),
      })),
    },
  });
  return sign(store, command, { action: "PutObject", path });
}

/**
 * AbortMultipartUpload: 204. Parts that were under way may be stored after it: S3 wants it again then.
 * @throws HoldallError `name-*`, and what the credential source throws
 */
export async function signAbortUpload(
  store: ObjectStore,
  { path, uploadId }: { path: string; uploadId: string },
): Promise<SignedRequest> {
  const command = new AbortMultipartUploadCommand({
    Bucket: store.profile.bucket.name,
    Key: existingKey(store.identity, path),
    UploadId: uploadId,
  });
  return sign(store, command, { action: "AbortMultipartUpload", path });
}
