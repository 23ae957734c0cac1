import type { AwsRequest } from "../../service.ts";
import type { Operation, S3Context } from "../context.ts";
import { readSmallBody } from "../requests/receive-body.ts";
import { parseTagDocument } from "../requests/tags.ts";
import type { ObjectVersion, Tag } from "../store/records.ts";
import { answerXml } from "../xml/answer-xml.ts";
import { findVersion, refuseMissing } from "./find-version.ts";

const MAX_DOCUMENT_SIZE = 1 << 16;

/** GetObjectTagging of the newest or a named version. */
export const getObjectTagging: Operation = async (context, request, key) => {
  const { tags, versionId } = await named(context, request, key);
  const content = { TagSet: { Tag: tags.map((tag) => ({ Key: tag.key, Value: tag.value })) } };
  return answerXml("Tagging", content, { "x-amz-version-id": versionId });
};

/** PutObjectTagging replaces the whole set. */
export const putObjectTagging: Operation = async (context, request, key) => {
  const { text } = await readSmallBody(request, MAX_DOCUMENT_SIZE);
  const versionId = await setTags(context, request, key, parseTagDocument(text));
  return { status: 200, headers: { "x-amz-version-id": versionId }, body: null };
};

/** DeleteObjectTagging removes all tags. */
export const deleteObjectTagging: Operation = async (context, request, key) => {
  const versionId = await setTags(context, request, key, []);
  return { status: 204, headers: { "x-amz-version-id": versionId }, body: null };
};

function setTags(context: S3Context, request: AwsRequest, key: string, tags: Tag[]): Promise<string> {
  return context.store.keyLocks.run(key, async () => {
    const { versionId } = await named(context, request, key);
    await context.store.commit({ op: "tags", key, versionId, tags });
    return versionId;
  });
}

async function named(context: S3Context, request: AwsRequest, key: string): Promise<ObjectVersion> {
  const versionId = request.query.get("versionId");
  return findVersion(context, key, versionId) ?? refuseMissing(context, request, key, versionId);
}
