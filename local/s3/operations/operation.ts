import type { AwsRequest } from "../../service.ts";
import { splitPath } from "../requests/target.ts";

/** Sub-resources that the local S3 does not serve, but IAM has to refuse by their right name. */
const OTHER_SUBRESOURCES: Record<string, string> = {
  accelerate: "AccelerateConfiguration",
  acl: "Acl",
  analytics: "AnalyticsConfiguration",
  attributes: "Attributes",
  cors: "Cors",
  encryption: "Encryption",
  inventory: "InventoryConfiguration",
  "legal-hold": "LegalHold",
  lifecycle: "LifecycleConfiguration",
  logging: "Logging",
  metrics: "MetricsConfiguration",
  notification: "NotificationConfiguration",
  "object-lock": "ObjectLockConfiguration",
  ownershipControls: "OwnershipControls",
  policy: "Policy",
  policyStatus: "PolicyStatus",
  publicAccessBlock: "PublicAccessBlock",
  replication: "Replication",
  requestPayment: "RequestPayment",
  restore: "Restore",
  retention: "Retention",
  select: "Select",
  torrent: "Torrent",
  website: "Website",
};

/** The AWS name of what a request asks for; `Unknown` when method and path make no sense together. */
export function operationOf(request: AwsRequest): string {
  const { bucket, key } = splitPath(request.rawPath);
  const { method, query } = request;
  if (bucket === null) return method === "GET" ? "ListBuckets" : "Unknown";
  for (const [name, title] of Object.entries(OTHER_SUBRESOURCES)) {
    if (query.has(name)) return `${verbOf(method)}${key === null ? "Bucket" : "Object"}${title}`;
  }
  return (key === null ? bucketOperation(method, query) : objectOperation(request)) ?? "Unknown";
}

function bucketOperation(method: string, query: URLSearchParams): string | undefined {
  switch (method) {
    case "HEAD":
      return "HeadBucket";
    case "PUT":
      return query.has("versioning")
        ? "PutBucketVersioning"
        : query.has("tagging")
          ? "PutBucketTagging"
          : "CreateBucket";
    case "DELETE":
      return query.has("tagging") ? "DeleteBucketTagging" : "DeleteBucket";
    case "POST":
      return query.has("delete") ? "DeleteObjects" : undefined;
    case "GET":
      if (query.has("location")) return "GetBucketLocation";
      if (query.has("versioning")) return "GetBucketVersioning";
      if (query.has("tagging")) return "GetBucketTagging";
      if (query.has("uploads")) return "ListMultipartUploads";
      if (query.has("versions")) return "ListObjectVersions";
      return query.get("list-type") === "2" ? "ListObjectsV2" : "ListObjects";
  }
  return undefined;
}

function objectOperation({ method, query, headers }: AwsRequest): string | undefined {
  const copies = headers["x-amz-copy-source"] !== undefined;
  switch (method) {
    case "HEAD":
      return "HeadObject";
    case "GET":
      if (query.has("tagging")) return "GetObjectTagging";
      return query.has("uploadId") ? "ListParts" : "GetObject";
    case "PUT":
      if (query.has("tagging")) return "PutObjectTagging";
      if (query.has("uploadId") || query.has("partNumber")) return copies ? "UploadPartCopy" : "UploadPart";
      return copies ? "CopyObject" : "PutObject";
    case "POST":
      if (query.has("uploads")) return "CreateMultipartUpload";
      return query.has("uploadId") ? "CompleteMultipartUpload" : undefined;
    case "DELETE":
      if (query.has("tagging")) return "DeleteObjectTagging";
      return query.has("uploadId") ? "AbortMultipartUpload" : "DeleteObject";
  }
  return undefined;
}

function verbOf(method: string): string {
  return { PUT: "Put", POST: "Post", DELETE: "Delete" }[method] ?? "Get";
}
