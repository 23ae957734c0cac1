import type { Authorization, AwsRequest } from "../service.ts";
import { bucketArn, type S3Context } from "./context.ts";
import { operationOf } from "./operations/operation.ts";
import { parseCopySource } from "./requests/copy-source.ts";
import { header } from "./requests/headers.ts";
import { parseTagHeader } from "./requests/tags.ts";
import { parseTarget } from "./requests/target.ts";

type Conditions = Authorization["context"];

/** Bucket-level operations that need one action of their own name or of another. */
const BUCKET_ACTIONS: Record<string, string> = {
  CreateBucket: "s3:CreateBucket",
  DeleteBucket: "s3:DeleteBucket",
  HeadBucket: "s3:ListBucket",
  ListObjects: "s3:ListBucket",
  ListObjectsV2: "s3:ListBucket",
  ListObjectVersions: "s3:ListBucketVersions",
  ListMultipartUploads: "s3:ListBucketMultipartUploads",
};

/** The action on the object itself, without and with `versionId`. */
const OBJECT_ACTIONS: Record<string, readonly [string, string]> = {
  GetObject: ["s3:GetObject", "s3:GetObjectVersion"],
  HeadObject: ["s3:GetObject", "s3:GetObjectVersion"],
  PutObject: ["s3:PutObject", "s3:PutObject"],
  CopyObject: ["s3:PutObject", "s3:PutObject"],
  DeleteObject: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
  CreateMultipartUpload: ["s3:PutObject", "s3:PutObject"],
  UploadPart: ["s3:PutObject", "s3:PutObject"],
  UploadPartCopy: ["s3:PutObject", "s3:PutObject"],
  CompleteMultipartUpload: ["s3:PutObject", "s3:PutObject"],
  AbortMultipartUpload: ["s3:AbortMultipartUpload", "s3:AbortMultipartUpload"],
  ListParts: ["s3:ListMultipartUploadParts", "s3:ListMultipartUploadParts"],
  GetObjectTagging: ["s3:GetObjectTagging", "s3:GetObjectVersionTagging"],
  PutObjectTagging: ["s3:PutObjectTagging", "s3:PutObjectVersionTagging"],
  DeleteObjectTagging: ["s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging"],
};

/** Headers that AWS offers to policies as `s3:<name>`. */
const HEADER_CONDITIONS = [
  "x-amz-acl",
  "x-amz-copy-source",
  "x-amz-metadata-directive",
  "x-amz-server-side-encryption",
  "x-amz-storage-class",
  "if-match",
  "if-none-match",
];

/**
 * What IAM has to allow for a request, as AWS maps operations to actions, resources and condition keys.
 *
 * DeleteObjects is not here: it is judged key by key (see delete-objects.ts).
 *
 * @throws AwsError `InvalidURI`, `KeyTooLongError`, `InvalidArgument` for a request that cannot be judged
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export function authorizationsOf(context: S3Context, request: AwsRequest): Authorization[] {
  const operation = operationOf(request);
  const { bucket, key } = parseTarget(request.rawPath);
  if (bucket === null) return [{ action: "s3:ListAllMyBuckets", resource: "*", context: {} }];
  if (key === null) return [bucketQuestion(operation, bucketArn({ ...context, bucket }), request.query)];

  const resource = `arn:aws:s3:::${bucket}/${key}`;
  const versionId = request.query.get("versionId");
  const [plain, versioned] = OBJECT_ACTIONS[operation] ?? [`s3:${operation}`, `s3:${operation}`];
  const action = versionId === null ? plain : versioned;
  const conditions = objectConditions(request, versionId);
  const questions: Authorization[] = [{ action, resource, context: conditions }];

  const writes = action === "s3:PutObject";
  if (writes && parseTagHeader(header(request, "x-amz-tagging")).length > 0) {
    questions.push({ action: "s3:PutObjectTagging", resource, context: conditions });
  }
  // To compare ETags is to read (S3 User Guide, "How to prevent object overwrites", "… perform conditional deletes").
  const ifMatch = header(request, "if-match");
  if ((writes || operation === "DeleteObject") && ifMatch !== undefined && ifMatch !== "*") {
    questions.push({ action: "s3:GetObject", resource, context: {} });
  }
  if (operation === "CopyObject" || operation === "UploadPartCopy") {
    questions.push(...copyQuestions(context, request, operation, resource));
  }
  return questions;
}

function bucketQuestion(operation: string, resource: string, query: URLSearchParams): Authorization {
  const conditions: Conditions = {};
  // An absent parameter has to be absent for IAM too: that is what denies a list without prefix.
  for (const name of ["prefix", "delimiter", "max-keys"]) {
    const value = query.get(name);
    if (value !== null && operation.startsWith("ListObject")) conditions[`s3:${name}`] = value;
  }
  return { action: BUCKET_ACTIONS[operation] ?? `s3:${operation}`, resource, context: conditions };
}

function objectConditions(request: AwsRequest, versionId: string | null): Conditions {
  const conditions: Conditions = {};
  if (versionId !== null) conditions["s3:VersionId"] = versionId;
  for (const name of HEADER_CONDITIONS) {
    const value = header(request, name);
    if (value !== undefined) conditions[`s3:${name}`] = value;
  }
  const tags = parseTagHeader(header(request, "x-amz-tagging"));
  for (const { key, value } of tags) conditions[`s3:RequestObjectTag/${key}`] = value;
  if (tags.length > 0) conditions["s3:RequestObjectTagKeys"] = tags.map((tag) => tag.key);
  return conditions;
}

/** A copy reads its source, and carries the source's tags along unless it replaces them. */
function copyQuestions(context: S3Context, request: AwsRequest, operation: string, target: string): Authorization[] {
  const source = parseCopySource(request);
  const { versionId } = source;
  const resource = `arn:aws:s3:::${source.bucket}/${source.key}`;
  const ofVersion = versionId === null ? "" : "Version";
  const conditions: Conditions = versionId === null ? {} : { "s3:VersionId": versionId };
  const questions = [{ action: `s3:GetObject${ofVersion}`, resource, context: conditions }];
  if (operation === "UploadPartCopy" || header(request, "x-amz-tagging-directive")?.toUpperCase() === "REPLACE")
    return questions;

  const { store } = context;
  const version = versionId === null ? store.latest(source.key) : store.version(source.key, versionId);
  const tagged = source.bucket === context.bucket && version?.kind === "object" && version.tags.length > 0;
  if (!tagged) return questions;
  return [
    ...questions,
    { action: `s3:GetObject${ofVersion}Tagging`, resource, context: conditions },
    { action: "s3:PutObjectTagging", resource: target, context: {} },
  ];
}
