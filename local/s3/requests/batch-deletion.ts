import type { Authorization, AwsRequest } from "../../service.ts";
import { invalidRequest, malformedXml } from "../s3-error.ts";
import { elementsOf, parseXml, textOf } from "../xml/parse-xml.ts";
import { readSmallBody } from "./receive-body.ts";

export interface BatchDeletion {
  quiet: boolean;
  entries: DeletionEntry[];
}

export interface DeletionEntry {
  key: string;
  versionId: string | null;
  /** The ETag that the current version has to have. */
  ifMatch: string | undefined;
}

const MAX_ENTRIES = 1000;
/** 1,000 keys of 1,024 bytes, every byte escaped. */
const MAX_DOCUMENT_SIZE = 8 << 20;

/**
 * Reads the `<Delete>` document.
 *
 * @throws AwsError `MalformedXML`, `InvalidRequest` (no digest of the body), `BadDigest`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
 */
export async function readBatchDeletion(request: AwsRequest): Promise<BatchDeletion> {
  const { text, checks } = await readSmallBody(request, MAX_DOCUMENT_SIZE);
  if (checks.md5 === null && checks.algorithm === null) {
    throw invalidRequest("Missing required header for this request: Content-MD5");
  }
  const root = parseXml(text, "Delete", ["Object"]);
  const entries = elementsOf(root, "Object").map((entry) => {
    const key = textOf(entry, "Key");
    if (key === undefined || key === "") throw malformedXml();
    return { key, versionId: textOf(entry, "VersionId")?.trim() || null, ifMatch: textOf(entry, "ETag")?.trim() };
  });
  if (entries.length === 0 || entries.length > MAX_ENTRIES) throw malformedXml();
  return { quiet: textOf(root, "Quiet")?.trim() === "true", entries };
}

/** What IAM has to allow for one entry. */
export function authorizationsOfEntry(bucketArn: string, { key, versionId, ifMatch }: DeletionEntry): Authorization[] {
  const resource = `${bucketArn}/${key}`;
  const questions: Authorization[] = [
    versionId === null
      ? { action: "s3:DeleteObject", resource, context: {} }
      : { action: "s3:DeleteObjectVersion", resource, context: { "s3:VersionId": versionId } },
  ];
  if (ifMatch !== undefined && ifMatch !== "*") questions.push({ action: "s3:GetObject", resource, context: {} });
  return questions;
}
