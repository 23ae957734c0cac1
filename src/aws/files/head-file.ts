import { HeadObjectCommand, type HeadObjectCommandOutput } from "@aws-sdk/client-s3";
import type { FileRow } from "../../messaging/view.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { hostOf } from "../host-of.ts";
import { existingKey } from "../keys.ts";
import { contextOf, type ObjectStore, usesChecksums } from "./object-store.ts";

export interface FileHead extends FileRow {
  contentType: string;
  /** Null when the bucket keeps no versions. */
  versionId: string | null;
  /** CRC-32 of the whole object in base64; null when S3 keeps none. */
  crc32: string | null;
  /** `x-amz-meta-…`, names in lower case without the prefix. */
  metadata: Record<string, string>;
  /** As stored: what the browser undoes while it reads (`gzip`); null when there is none. */
  contentEncoding: string | null;
}

/**
 * What S3 knows of an object: HeadObject.
 * @param versionId of an earlier version; the newest one unless given
 * @throws HoldallError `file-missing` (absent, or not allowed: S3 does not tell which), `not-aws`, and as `listFiles`
 */
export async function headFile(store: ObjectStore, path: string, versionId?: string): Promise<FileHead> {
  const command = new HeadObjectCommand({
    Bucket: store.profile.bucket.name,
    Key: existingKey(store.identity, path),
    ...(versionId !== undefined && { VersionId: versionId }),
    ...(usesChecksums(store) && { ChecksumMode: "ENABLED" }),
  });
  const action = versionId === undefined ? "GetObject" : "GetObjectVersion";
  const answer = await store.send(contextOf(store, action, path), () => store.client().send(command));
  // S3 always names one: this came from something that stands in its place.
  if (!answer.ETag) throw new HoldallError("not-aws", { subs: [hostOf("s3", store.profile)], service: "s3" });
  return {
    path,
    size: answer.ContentLength ?? 0,
    modifiedAt: answer.LastModified?.getTime() ?? 0,
    etag: answer.ETag,
    contentType: answer.ContentType ?? "application/octet-stream",
    versionId: answer.VersionId ?? null,
    crc32: wholeCrc32(answer),
    metadata: answer.Metadata ?? {},
    contentEncoding: answer.ContentEncoding ?? null,
  };
}

/**
 * Of an object that was uploaded in parts S3 may keep a checksum of the parts' checksums (`COMPOSITE`, written with `-` and
 * their number), which says nothing that a whole file could be compared with.
 */
function wholeCrc32({ ChecksumCRC32: value, ChecksumType: type }: HeadObjectCommandOutput): string | null {
  return value === undefined || type === "COMPOSITE" || /-\d+$/.test(value) ? null : value;
}
