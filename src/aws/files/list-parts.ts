import { ListPartsCommand } from "@aws-sdk/client-s3";
import { HoldallError } from "../../shared/holdall-error.ts";
import { hostOf } from "../host-of.ts";
import { existingKey } from "../keys.ts";
import { contextOf, type ObjectStore } from "./object-store.ts";

/** A part as S3 has it. */
export interface StoredPart {
  /** From 1. */
  partNumber: number;
  /** Bytes. */
  size: number;
  etag: string;
  /** CRC-32 in base64; null when S3 keeps none. */
  crc32: string | null;
}

/**
 * Every part of a multipart upload that S3 holds, in order: ListParts, up to 1,000 parts a page.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html
 * @throws HoldallError `upload-missing`, `not-aws`, and what `mapAwsError` makes of AWS's errors
 */
export async function listParts(
  store: ObjectStore,
  { path, uploadId }: { path: string; uploadId: string },
): Promise<StoredPart[]> {
  const parts: StoredPart[] = [];
  const context = contextOf(store, "ListMultipartUploadParts", path);
  let marker: number | null = 0;
  while (marker !== null) {
    const command: ListPartsCommand = new ListPartsCommand({
      Bucket: store.profile.bucket.name,
      Key: existingKey(store.identity, path),
      UploadId: uploadId,
      ...(marker > 0 && { PartNumberMarker: String(marker) }),
    });
    const page = await store.send(context, () => store.client().send(command));
    const next = page.IsTruncated === true ? Number(page.NextPartNumberMarker) : null;
    // An answer without the upload's id is no list of parts; one that does not go on would be asked for for ever.
    if (page.UploadId === undefined || (next !== null && !(next > marker))) {
      throw new HoldallError("not-aws", { subs: [hostOf("s3", store.profile)], service: "s3" });
    }
    for (const part of page.Parts ?? []) {
      parts.push({
        partNumber: part.PartNumber ?? 0,
        size: part.Size ?? 0,
        etag: part.ETag ?? "",
        crc32: part.ChecksumCRC32 ?? null,
      });
    }
    marker = next;
  }
  return parts.sort((a, b) => a.partNumber - b.partNumber);
}
