/**
 * Names a request by its service and its action, as a person finds them in AWS's and the provider's documents. But for the
 * host nothing is taken from the request as it stands: names are letters only, or words of our own.
 */
import type { ActivityEntry, ActivityService } from "../../shared/activity.ts";

export interface RequestFacts {
  url: string;
  method?: string | undefined;
  headers?: HeadersInit | undefined;
  body?: unknown;
}

/** @param meant what the caller knows the request to be, where the request itself does not tell */
export function describeRequest(
  { url, method = "GET", headers, body }: RequestFacts,
  meant: ActivityService,
): Pick<ActivityEntry, "service" | "host" | "action"> {
  const { host, pathname, searchParams } = new URL(url);
  const header = (name: string) => headerOf(headers, name);
  const form = typeof body === "string" || body instanceof URLSearchParams ? String(body) : "";
  const [service, action] = named(header, form, searchParams, meant) ?? [
    meant,
    meant === "issuer" ? issuerAction(method, pathname, searchParams, form) : "fetch",
  ];
  return { service, host, action: action || s3Action(method, searchParams, header("x-amz-copy-source") !== "") };
}

/** "" when there is none. Most requests name their headers in a record, which need not be copied to be looked into. */
function headerOf(headers: HeadersInit = {}, name: string): string {
  if (headers instanceof Headers || Array.isArray(headers)) return new Headers(headers).get(name) ?? "";
  return Object.entries(headers).find(([one]) => one.toLowerCase() === name)?.[1] ?? "";
}

/** Null when the request does not tell whose it is; no action: S3's, which are told by method and query. */
function named(header: (name: string) => string, form: string, query: URLSearchParams, meant: ActivityService) {
  const [, cognito, target] =
    /^(?:DynamoDB_\d+|(AWSCognitoIdentityService))\.([A-Za-z]{1,40})$/.exec(header("x-amz-target")) ?? [];
  if (target) return [cognito ? "cognito-identity" : "dynamodb", target] as const;
  const [, action] = /(?:^|&)Action=([A-Za-z]{1,40})(?:&|$)/.exec(form) ?? [];
  if (action) return ["sts", action] as const;
  const authorization = header("authorization");
  if (authorization.startsWith("AWS4-") || query.has("X-Amz-Signature")) return ["s3", ""] as const;
  return authorization && (meant === "issuer" || meant === "directory") ? (["directory", "roles"] as const) : null;
}

/** By method and a parameter's name. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations.html */
const s3Actions: Record<string, string> = {
  "GET list-type": "ListObjectsV2",
  "GET versions": "ListObjectVersions",
  "GET uploads": "ListMultipartUploads",
  "GET uploadId": "ListParts",
  "PUT tagging": "PutObjectTagging",
  "PUT partNumber": "UploadPart",
  "POST uploads": "CreateMultipartUpload",
  "POST uploadId": "CompleteMultipartUpload",
  "DELETE uploadId": "AbortMultipartUpload",
  GET: "GetObject",
  HEAD: "HeadObject",
  PUT: "PutObject",
  DELETE: "DeleteObject",
};

function s3Action(method: string, query: URLSearchParams, copies: boolean): string {
  if (copies) return "CopyObject";
  const name = ["partNumber", "uploadId", "uploads", "list-type", "versions", "tagging"].find((one) => query.has(one));
  return s3Actions[`${method} ${name}`] ?? s3Actions[method] ?? "other";
}

function issuerAction(method: string, path: string, query: URLSearchParams, form: string): string {
  if (query.has("response_type")) return "authorize";
  if (/(?:^|&)grant_type=/.test(form)) return "token";
  if (/(?:^|&)token=/.test(form)) return "revocation";
  // A POST with a hint, or a window.
  if (method === "POST" || query.has("client_id")) return "end session";
  return path.includes("/.well-known/o") ? "discovery" : "keys";
}
