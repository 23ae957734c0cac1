import type { Operation } from "../context.ts";
import { xmlDate } from "../requests/headers.ts";
import { integerParameter } from "../requests/integer-parameter.ts";
import { keyOrder } from "../store/key-order.ts";
import type { Upload } from "../store/records.ts";
import { answerXml } from "../xml/answer-xml.ts";
import { commonPrefixOf } from "./list-keys.ts";
import { ownerOf } from "./list-objects-v2.ts";
import { keyEncoder } from "./url-encoding.ts";

/** ListMultipartUploads: uploads under way, by key and then by upload id. */
export const listMultipartUploads: Operation = async (context, { query }) => {
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const keyMarker = query.get("key-marker") ?? "";
  const uploadIdMarker = keyMarker === "" ? "" : (query.get("upload-id-marker") ?? "");
  const limit = integerParameter(query, "max-uploads", 1000);
  const encode = keyEncoder(query);

  const page: Upload[] = [];
  const common = new Set<string>();
  let next: { key: string; uploadId: string } | null = null;
  let truncated = false;
  for (const upload of [...context.store.uploads.values()].sort(byKeyAndId)) {
    if (!upload.key.startsWith(prefix) || !isAfter(upload, keyMarker, uploadIdMarker)) continue;
    const group = commonPrefixOf(upload.key, prefix, delimiter);
    if (group !== null && (common.has(group) || group === keyMarker)) continue;
    truncated = page.length + common.size >= limit;
    if (truncated) break;
    if (group === null) page.push(upload);
    else common.add(group);
    next = { key: group ?? upload.key, uploadId: group === null ? upload.uploadId : "" };
  }
  const more = truncated && next !== null;
  return answerXml("ListMultipartUploadsResult", {
    Bucket: context.bucket,
    KeyMarker: encode(keyMarker),
    UploadIdMarker: uploadIdMarker,
    NextKeyMarker: more ? encode(next?.key ?? "") : undefined,
    NextUploadIdMarker: more ? next?.uploadId : undefined,
    Prefix: encode(prefix),
    Delimiter: delimiter === "" ? undefined : encode(delimiter),
    EncodingType: query.get("encoding-type") ?? undefined,
    MaxUploads: limit,
    IsTruncated: more,
    Upload: page.map((upload) => ({
      Key: encode(upload.key),
      UploadId: upload.uploadId,
      Initiator: { ID: upload.initiator },
      Owner: ownerOf(context.accountId),
      StorageClass: upload.storageClass,
      Initiated: xmlDate(upload.initiated),
      ChecksumAlgorithm: upload.checksum?.algorithm,
      ChecksumType: upload.checksum?.type,
    })),
    CommonPrefixes: [...common].map((group) => ({ Prefix: encode(group) })),
  });
};

function byKeyAndId(a: Upload, b: Upload): number {
  return compare(keyOrder(a.key), keyOrder(b.key)) || compare(a.uploadId, b.uploadId);
}

function isAfter(upload: Upload, keyMarker: string, uploadIdMarker: string): boolean {
  const order = compare(keyOrder(upload.key), keyOrder(keyMarker));
  return order > 0 || (order === 0 && uploadIdMarker !== "" && upload.uploadId > uploadIdMarker);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
