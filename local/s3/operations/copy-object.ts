import type { AwsRequest } from "../../service.ts";
import { type ChecksumAlgorithm, parseAlgorithm } from "../checksums/algorithms.ts";
import { createId, type Operation } from "../context.ts";
import { header, xmlDate } from "../requests/headers.ts";
import { readObjectAttributes } from "../requests/object-attributes.ts";
import { MAX_BODY_SIZE } from "../requests/receive-body.ts";
import { checkWriteConditions, readWriteConditions } from "../requests/write-conditions.ts";
import { invalidArgument, invalidRequest } from "../s3-error.ts";
import type { DataFiles } from "../store/data-files.ts";
import { digestSegments } from "../store/digest-segments.ts";
import type { ObjectVersion } from "../store/records.ts";
import { answerXml } from "../xml/answer-xml.ts";
import { checksumElements } from "./checksum-elements.ts";
import { withCopyOrigin } from "./copy-origin.ts";

/** CopyObject: a new version that shares the source's bytes on disk. */
export const copyObject: Operation = async (context, request, key) => {
  const { store } = context;
  const conditions = readWriteConditions(store, request, key);
  const replacesMetadata = directive(request, "x-amz-metadata-directive") === "REPLACE";
  const replacesTags = directive(request, "x-amz-tagging-directive") === "REPLACE";
  const own = readObjectAttributes(request);
  return withCopyOrigin(context, request, async (source, named) => {
    if (source.size > MAX_BODY_SIZE) {
      throw invalidRequest(
        `The specified copy source is larger than the maximum allowable size for a copy source: ${MAX_BODY_SIZE}`,
      );
    }
    const changesNothing = !replacesMetadata && own.storageClass === source.storageClass && !asksForEncryption(request);
    if (source.key === key && !named && changesNothing) throw copyToItself();
    const version: ObjectVersion = {
      ...source,
      key,
      versionId: createId(),
      modified: context.now(),
      headers: replacesMetadata ? own.headers : source.headers,
      metadata: replacesMetadata ? own.metadata : source.metadata,
      tags: replacesTags ? own.tags : source.tags,
      storageClass: own.storageClass,
      encryption: own.encryption,
      parts: null,
      uploadId: null,
      ...(await digestsOfCopy(store.files, source, wantedAlgorithm(request))),
    };
    await store.keyLocks.run(key, async () => {
      checkWriteConditions(store, key, conditions);
      await store.commit({ op: "version", version });
    });
    const content = {
      ETag: `"${version.etag}"`,
      LastModified: xmlDate(version.modified),
      ...checksumElements(version.checksum),
    };
    return answerXml("CopyObjectResult", content, {
      "x-amz-version-id": version.versionId,
      "x-amz-copy-source-version-id": source.versionId,
      ...version.encryption,
    });
  });
};

/** A copy is one piece: an object that was uploaded in parts gets the digests of its whole. */
async function digestsOfCopy(
  files: DataFiles,
  source: ObjectVersion,
  wanted: ChecksumAlgorithm | null,
): Promise<Pick<ObjectVersion, "etag" | "checksum">> {
  const algorithm = wanted ?? source.checksum?.algorithm ?? null;
  const known = source.checksum?.algorithm === algorithm && source.checksum?.type === "FULL_OBJECT";
  if (source.parts === null && (algorithm === null || known)) return { etag: source.etag, checksum: source.checksum };
  const { md5, checksum } = await digestSegments(files, source.segments, algorithm);
  if (algorithm === null || checksum === null) return { etag: md5, checksum: null };
  return { etag: md5, checksum: { algorithm, type: "FULL_OBJECT", value: checksum } };
}

/** @throws AwsError `InvalidArgument` */
function directive(request: AwsRequest, name: string): "COPY" | "REPLACE" {
  const value = header(request, name) ?? "COPY";
  const upper = value.toUpperCase();
  if (upper === "COPY" || upper === "REPLACE") return upper;
  throw invalidArgument(
    `Unknown ${name === "x-amz-metadata-directive" ? "metadata" : "tagging"} directive.`,
    name,
    value,
  );
}

/** @throws AwsError `InvalidRequest` */
function wantedAlgorithm(request: AwsRequest): ChecksumAlgorithm | null {
  const name = header(request, "x-amz-checksum-algorithm");
  if (name === undefined) return null;
  const algorithm = parseAlgorithm(name);
  if (algorithm === undefined) throw invalidRequest("Checksum algorithm provided is unsupported.");
  return algorithm;
}

function asksForEncryption(request: AwsRequest): boolean {
  return header(request, "x-amz-server-side-encryption") !== undefined;
}

function copyToItself() {
  return invalidRequest(
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  );
}
