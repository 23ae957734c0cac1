import type { AwsRequest } from "../../service.ts";
import type { Operation } from "../context.ts";
import { header, xmlDate } from "../requests/headers.ts";
import { partNumberParameter } from "../requests/integer-parameter.ts";
import { invalidArgument } from "../s3-error.ts";
import { cut } from "../store/data-files.ts";
import { digestSegments } from "../store/digest-segments.ts";
import type { Part } from "../store/records.ts";
import { answerXml } from "../xml/answer-xml.ts";
import { checksumElement } from "./checksum-elements.ts";
import { withCopyOrigin } from "./copy-origin.ts";
import { findUpload } from "./find-upload.ts";
import { commitPart } from "./upload-part.ts";

/** UploadPartCopy: a part that shares bytes with a stored object, all of them or a range. */
export const uploadPartCopy: Operation = async (context, request, key) => {
  const number = partNumberParameter(request.query);
  const upload = findUpload(context, request.query, key);
  return withCopyOrigin(context, request, async (source) => {
    const { start, end } = readRange(request, source.size);
    const segments = cut(source.segments, start, end);
    const algorithm = upload.checksum?.algorithm ?? null;
    const { md5, checksum } = await digestSegments(context.store.files, segments, algorithm);
    const part: Part = { number, size: end + 1 - start, etag: md5, modified: context.now(), segments, checksum };
    await commitPart(context, upload, part);
    const content = {
      LastModified: xmlDate(part.modified),
      ETag: `"${part.etag}"`,
      ...(algorithm === null || checksum === null ? {} : { [checksumElement(algorithm)]: checksum }),
    };
    const headers = { "x-amz-copy-source-version-id": source.versionId, ...upload.encryption };
    return answerXml("CopyPartResult", content, headers);
  });
};

/** Unlike `Range`, this one has to lie within the source. @throws AwsError `InvalidArgument` */
function readRange(request: AwsRequest, size: number): { start: number; end: number } {
  const name = "x-amz-copy-source-range";
  const text = header(request, name);
  if (text === undefined) return { start: 0, end: size - 1 };
  const [, first, last] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(text) ?? [];
  if (first === undefined || last === undefined || Number(first) > Number(last)) {
    const message =
      "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy";
    throw invalidArgument(message, name, text);
  }
  if (Number(last) < size) return { start: Number(first), end: Number(last) };
  throw invalidArgument(`Range specified is not valid for source object of size: ${size}`, name, text);
}
