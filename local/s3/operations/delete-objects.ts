import { type Authorization, AwsError, type AwsRequest } from "../../service.ts";
import { bucketArn, type Operation, type S3Context } from "../context.ts";
import {
  authorizationsOfEntry,
  type BatchDeletion,
  type DeletionEntry,
  readBatchDeletion,
} from "../requests/batch-deletion.ts";
import { checkKeyLength } from "../requests/target.ts";
import { accessDenied } from "../s3-error.ts";
import { answerXml } from "../xml/answer-xml.ts";
import type { XmlElements } from "../xml/write-xml.ts";
import { deleteOne } from "./delete-object.ts";

/** The body can be read once; authorizing and deleting both need it. */
const DOCUMENTS = new WeakMap<AwsRequest, Promise<BatchDeletion>>();

/** DeleteObjects: each key is allowed, refused and deleted by itself, and the answer says what became of it. */
export const deleteObjects: Operation = async (context, request) => {
  const { quiet, entries } = await documentOf(request);
  const results = await Promise.all(entries.map((entry) => deleteEntry(context, request, entry)));
  return answerXml("DeleteResult", quiet ? results.filter((result) => "Error" in result) : results);
};

/**
 * AWS judges DeleteObjects key by key, so nothing is asked beforehand. Should the gateway not offer `permits`, all keys are
 * asked for at once: a denied one then refuses the whole batch, which is stricter than AWS, not laxer.
 */
export async function authorizationsOfBatch(context: S3Context, request: AwsRequest): Promise<Authorization[]> {
  if (request.permits !== undefined) return [];
  const { entries } = await documentOf(request);
  return entries.flatMap((entry) => authorizationsOfEntry(bucketArn(context), entry));
}

function documentOf(request: AwsRequest): Promise<BatchDeletion> {
  const known = DOCUMENTS.get(request) ?? readBatchDeletion(request);
  DOCUMENTS.set(request, known);
  return known;
}

async function deleteEntry(context: S3Context, request: AwsRequest, entry: DeletionEntry): Promise<XmlElements> {
  const { key, versionId, ifMatch } = entry;
  try {
    checkKeyLength(key);
    for (const question of authorizationsOfEntry(bucketArn(context), entry)) {
      if ((await request.permits?.(question)) === false) throw accessDenied();
    }
    const deletion = await deleteOne(context, key, versionId, ifMatch);
    const marker = deletion.marker
      ? { DeleteMarker: true, DeleteMarkerVersionId: deletion.versionId ?? undefined }
      : {};
    return { Deleted: { Key: key, VersionId: versionId ?? undefined, ...marker } };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { Error: { Key: key, VersionId: versionId ?? undefined, Code: error.code, Message: error.message } };
  }
}
