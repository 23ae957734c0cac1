import type { AwsRequest, AwsResponse } from "../../service.ts";
import { CHECKSUM_ALGORITHMS, checksumHeader } from "../checksums/algorithms.ts";
import { badChecksum } from "../checksums/body-checks.ts";
import { createId, type Operation, type S3Context } from "../context.ts";
import { type NamedPart, parseCompletion } from "../requests/completion.ts";
import { header } from "../requests/headers.ts";
import { readSmallBody } from "../requests/receive-body.ts";
import { checkWriteConditions, readWriteConditions } from "../requests/write-conditions.ts";
import { invalidRequest } from "../s3-error.ts";
import type { ObjectVersion, Upload } from "../store/records.ts";
import { answerXml } from "../xml/answer-xml.ts";
import { assemble, multipartEtag, selectParts } from "./assemble-parts.ts";
import { checksumElements } from "./checksum-elements.ts";
import { findUpload } from "./find-upload.ts";

/** 10,000 parts with ETags and SHA-256 checksums come to less than 3 MB. */
const MAX_DOCUMENT_SIZE = 8 << 20;

/** CompleteMultipartUpload: the parts become one version; no byte is written again. */
export const completeMultipartUpload: Operation = async (context, request, key) => {
  const { store } = context;
  const conditions = readWriteConditions(store, request, key);
  const { text } = await readSmallBody(request, MAX_DOCUMENT_SIZE, true);
  const named = parseCompletion(text);
  return store.uploadLocks.run(request.query.get("uploadId") ?? "", async () => {
    const earlier = findEarlierCompletion(context, request, key, named);
    if (earlier !== undefined) return answer(context, request, earlier);
    const upload = findUpload(context, request.query, key);
    const assembled = assemble(upload, selectParts(upload, named, context.minimumPartSize));
    checkAgainstRequest(request, upload, assembled);
    const { headers, metadata, tags, storageClass, encryption } = upload;
    const version: ObjectVersion = {
      kind: "object",
      key,
      versionId: createId(),
      // S3 dates a multipart object by the beginning of its upload.
      modified: upload.initiated,
      ...assembled,
      ...{ headers, metadata, tags, storageClass, encryption },
      uploadId: upload.uploadId,
    };
    await store.keyLocks.run(key, async () => {
      checkWriteConditions(store, key, conditions);
      await store.commit({ op: "version", version });
    });
    return answer(context, request, version);
  });
};

/** A client that lost the answer asks again, and gets it again, as from S3. */
function findEarlierCompletion(
  { store }: S3Context,
  request: AwsRequest,
  key: string,
  named: readonly NamedPart[],
): ObjectVersion | undefined {
  const completed = store.completed.get(request.query.get("uploadId") ?? "");
  if (completed === undefined || completed.key !== key) return undefined;
  const version = store.version(key, completed.versionId);
  return version?.kind === "object" && version.etag === multipartEtag(named) ? version : undefined;
}

/** Size and checksum that the client computed from its own bytes. @throws AwsError `InvalidRequest`, `BadDigest` */
function checkAgainstRequest(
  request: AwsRequest,
  upload: Upload,
  { size, checksum }: Pick<ObjectVersion, "size" | "checksum">,
) {
  const expectedSize = header(request, "x-amz-mp-object-size");
  if (expectedSize !== undefined && expectedSize !== String(size)) {
    throw invalidRequest(
      `The provided 'x-amz-mp-object-size' header value ${expectedSize} does not match what was computed: ${size}`,
    );
  }
  const type = header(request, "x-amz-checksum-type");
  if (type !== undefined && type !== upload.checksum?.type) {
    const used = upload.checksum?.type ?? "null";
    throw invalidRequest(
      `The upload was created using the ${used} checksum mode. The complete request must use the same checksum mode.`,
    );
  }
  for (const algorithm of CHECKSUM_ALGORITHMS) {
    const expected = header(request, checksumHeader(algorithm));
    if (expected === undefined) continue;
    if (checksum?.algorithm !== algorithm) {
      const used = upload.checksum?.algorithm.toLowerCase() ?? "null";
      const actual = algorithm.toLowerCase();
      throw invalidRequest(
        `Checksum Type mismatch occurred, expected checksum Type: ${used}, actual checksum Type: ${actual}`,
      );
    }
    if (expected !== checksum.value && expected !== checksum.value.replace(/-\d+$/, "")) throw badChecksum(algorithm);
  }
}

function answer({ bucket }: S3Context, request: AwsRequest, version: ObjectVersion): AwsResponse {
  const content = {
    Location: `http://${header(request, "host") ?? "localhost"}${request.rawPath}`,
    Bucket: bucket,
    Key: version.key,
    ETag: `"${version.etag}"`,
    ...checksumElements(version.checksum),
  };
  const headers = { "x-amz-version-id": version.versionId, ...version.encryption };
  return answerXml("CompleteMultipartUploadResult", content, headers);
}
