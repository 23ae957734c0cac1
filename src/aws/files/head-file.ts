import { HeadObjectCommand } from "@aws-sdk/client-s3";
import type { FileRow } from "../../messaging/view.ts";
import { existingKey } from "../keys.ts";
import { contextOf, type ObjectStore } from "./object-store.ts";

export interface FileHead extends FileRow {
  contentType: string;
  /** Null when the bucket keeps no versions. */
  versionId: string | null;
  /** CRC-32 in base64 as S3 keeps it; null when it keeps none for this object. */
  crc32: string | null;
  /** `x-amz-meta-…`, names in lower case without the prefix. */
  metadata: Record<string, string>;
}

/**
 * What S3 knows of an object: HeadObject.
 * @throws HoldallError `file-missing` (absent, or not allowed: S3 does not tell which), and as `listFiles`
 */
export async function headFile(store: ObjectStore, path: string): Promise<FileHead> {
  const { bucket } = store.profile;
  const command = new HeadObjectCommand({
    Bucket: bucket.name,
    Key: existingKey(store.identity, path),
    ...(bucket.checksum === "crc32" && { ChecksumMode: "ENABLED" }),
  });
  const answer = await store.send(contextOf(store, "GetObject", path), () => store.client().send(command));
  return {
    path,
    size: answer.ContentLength ?? 0,
    modifiedAt: answer.LastModified?.getTime() ?? 0,
    etag: answer.ETag ?? "",
    contentType: answer.ContentType ?? "application/octet-stream",
    versionId: answer.VersionId ?? null,
    crc32: answer.ChecksumCRC32 ?? null,
    metadata: answer.Metadata ?? {},
  };
}
