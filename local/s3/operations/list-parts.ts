import type { Operation } from "../context.ts";
import { xmlDate } from "../requests/headers.ts";
import { integerParameter } from "../requests/integer-parameter.ts";
import type { Upload } from "../store/records.ts";
import { answerXml } from "../xml/answer-xml.ts";
import type { XmlElements } from "../xml/write-xml.ts";
import { checksumElement } from "./checksum-elements.ts";
import { findUpload } from "./find-upload.ts";
import { ownerOf } from "./list-objects-v2.ts";

/** ListParts: what a client that was interrupted asks before it goes on. */
export const listParts: Operation = async (context, { query }, key) => {
  const upload = findUpload(context, query, key);
  const limit = integerParameter(query, "max-parts", 1000);
  const marker = query.has("part-number-marker") ? integerParameter(query, "part-number-marker", 10_000) : 0;
  const later = [...upload.parts.values()].filter((part) => part.number > marker).sort((a, b) => a.number - b.number);
  const page = later.slice(0, limit);
  return answerXml("ListPartsResult", {
    Bucket: context.bucket,
    Key: key,
    UploadId: upload.uploadId,
    Initiator: { ID: upload.initiator },
    Owner: ownerOf(context.accountId),
    StorageClass: upload.storageClass,
    PartNumberMarker: marker,
    NextPartNumberMarker: page.at(-1)?.number ?? 0,
    MaxParts: limit,
    IsTruncated: limit > 0 && later.length > page.length,
    ChecksumAlgorithm: upload.checksum?.algorithm,
    ChecksumType: upload.checksum?.type,
    Part: page.map((part) => ({
      PartNumber: part.number,
      LastModified: xmlDate(part.modified),
      ETag: `"${part.etag}"`,
      Size: part.size,
      ...partChecksum(upload, part.checksum),
    })),
  });
};

function partChecksum({ checksum }: Upload, value: string | null): XmlElements {
  return checksum === null || value === null ? {} : { [checksumElement(checksum.algorithm)]: value };
}
