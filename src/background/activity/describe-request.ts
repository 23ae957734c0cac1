/**
 * Names a request by its service and its action, as a person finds them in AWS's and the provider's documents. Nothing that
 * it returns but the host is taken from the request as it stands: names are letters only, or words of our own.
 */
import type { ActivityEntry, ActivityService } from "../../shared/activity.ts";

export interface RequestFacts {
  url: string;
  method?: string | undefined;
  headers?: HeadersInit | undefined;
  body?: unknown;
}

type About = Pick<ActivityEntry, "service" | "host" | "action">;

/** Characters of a host that are kept: DNS allows 253, the list is bounded. */
const longestHost = 100;

/** @param meant what the caller knows the request to be, where the request itself does not tell */
export function describeRequest({ url, method = "GET", headers, body }: RequestFacts, meant: ActivityService): About {
  const { host, pathname, searchParams: query } = new URL(url);
  const sent = new Headers(headers);
  const form = typeof body === "string" || body instanceof URLSearchParams ? String(body) : "";
  const about = (service: ActivityService, action: string): About => ({
    service,
    host: host.slice(-longestHost),
    action,
  });
  if (meant === "page-source") return about(meant, "fetch");
  const target = /^(DynamoDB|AWSCognitoIdentityService)[_\d]*\.([A-Za-z]{1,40})$/.exec(sent.get("x-amz-target") ?? "");
  if (target !== null) return about(target[1] === "DynamoDB" ? "dynamodb" : "cognito-identity", String(target[2]));
  const sts = /(?:^|&)Action=([A-Za-z]{1,40})(?:&|$)/.exec(form);
  if (sts !== null) return about("sts", String(sts[1]));
  if (/^AWS4-/.test(sent.get("authorization") ?? "") || query.has("X-Amz-Signature")) {
    return about("s3", s3Action(method, query, sent.has("x-amz-copy-source")));
  }
  if (/^Bearer /i.test(sent.get("authorization") ?? "")) return about("directory", "roles");
  if (pathname.endsWith("/.well-known/holdall.json")) return about("profile-link", "profile");
  return about(meant, meant === "issuer" ? issuerAction(method, pathname, query, form) : "other");
}

/** By method and a parameter's name; the first that fits. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations.html */
const s3Actions = [
  ["GET", "list-type", "ListObjectsV2"],
  ["GET", "uploadId", "ListParts"],
  ["GET", "uploads", "ListMultipartUploads"],
  ["GET", "versions", "ListObjectVersions"],
  ["PUT", "partNumber", "UploadPart"],
  ["POST", "uploads", "CreateMultipartUpload"],
  ["POST", "uploadId", "CompleteMultipartUpload"],
  ["POST", "delete", "DeleteObjects"],
  ["DELETE", "uploadId", "AbortMultipartUpload"],
  ["GET", "", "GetObject"],
  ["HEAD", "", "HeadObject"],
  ["PUT", "", "PutObject"],
  ["DELETE", "", "DeleteObject"],
] as const;

function s3Action(method: string, query: URLSearchParams, copies: boolean): string {
  const known = s3Actions.find(([how, name]) => how === method && (name === "" || query.has(name)))?.[2];
  return (copies && method === "PUT" ? `${known}Copy` : known)?.replace(/^PutObjectCopy$/, "CopyObject") ?? "other";
}

function issuerAction(method: string, path: string, query: URLSearchParams, form: string): string {
  if (method === "POST") {
    const [, name = "other"] = /(?:^|&)(grant_type|id_token_hint|token)=/.exec(form) ?? [];
    return { grant_type: "token", id_token_hint: "end session", token: "revocation" }[name] ?? name;
  }
  if (query.has("response_type")) return "authorize";
  if (query.has("logout_uri") || query.has("post_logout_redirect_uri")) return "end session";
  return path.includes("/.well-known/o") ? "discovery" : "keys";
}
