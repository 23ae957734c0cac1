import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { readBody } from "../http/read-body.ts";
import { AwsError, type AwsRequest } from "../service.ts";
import { type Authenticated, type AuthenticationRules, authenticate } from "./authenticate.ts";
import { isChunked, openPayload } from "./payload.ts";
import { PayloadGuard } from "./payload-guard.ts";
import type { RequestTarget } from "./request-target.ts";
import { signatureError } from "./signature-errors.ts";
import { belongsToSignature, readSignature } from "./signature-parts.ts";
import { sha256 } from "./signing.ts";

/** Bytes: DynamoDB's largest request. */
const JSON_LIMIT = 16 * 1024 * 1024;

/** A request of nobody yet: enough to name the operation and to write an error. */
export function unopenedRequest(request: IncomingMessage, requestId: string, target: RequestTarget): AwsRequest {
  const presigned = target.pairs.some(([name]) => name === "X-Amz-Signature");
  const headers: IncomingHttpHeaders = { ...request.headers };
  const query = new URLSearchParams();
  for (const [name, value] of target.pairs) {
    if (presigned && belongsToSignature(name)) continue;
    // A presigner moves x-amz- headers into the query; they mean the same there.
    const hoisted = presigned && name.toLowerCase().startsWith("x-amz-");
    if (hoisted) headers[name.toLowerCase()] ??= value;
    else query.append(name, value);
  }
  const caller = { identity: "", roleArn: "", accountId: "" };
  const { method = "GET" } = request;
  return { requestId, method, rawPath: target.rawPath, query, headers, body: Readable.from([]), trailers: {}, caller };
}

/**
 * Checks the signature and opens the payload. S3's is a stream that is checked while it is read; DynamoDB's is read
 * first, since its hash is part of the signature.
 *
 * @param opened gets `body` and the headers of the payload itself
 * @throws {AwsError}
 */
export async function openRequest(
  rules: AuthenticationRules,
  request: IncomingMessage,
  target: RequestTarget,
  opened: AwsRequest,
): Promise<Authenticated> {
  const parts = readSignature(request, target);
  if (parts === null) throw signatureError(rules.service, { kind: "missing" });
  if (parts === "malformed") throw signatureError(rules.service, { kind: "malformed" });
  if (rules.service === "dynamodb") {
    const body = await readBody(request, JSON_LIMIT);
    opened.body = Readable.from([body], { objectMode: false });
    return authenticate(rules, request, target, parts, sha256(body));
  }
  const contentSha256 = parts.contentSha256 ?? (parts.expires === null ? null : "UNSIGNED-PAYLOAD");
  if (contentSha256 === null) {
    throw new AwsError("InvalidRequest", 400, "Missing required header for this request: x-amz-content-sha256");
  }
  const caller = authenticate(rules, request, target, parts, contentSha256);
  opened.body = openPayload(request, contentSha256, caller, opened.trailers);
  if (isChunked(contentSha256)) unframeHeaders(opened.headers);
  return caller;
}

/** The headers then describe the payload and not its framing. */
function unframeHeaders(headers: IncomingHttpHeaders): void {
  const codings = (headers["content-encoding"] ?? "").split(",").map((coding) => coding.trim());
  const own = codings.filter((coding) => coding !== "" && coding !== "aws-chunked").join(",");
  if (own === "") delete headers["content-encoding"];
  else headers["content-encoding"] = own;
  const length = headers["x-amz-decoded-content-length"];
  if (typeof length === "string") headers["content-length"] = length;
}

/** The guard of a streamed payload, or null. */
export function guardOf({ body }: AwsRequest): PayloadGuard | null {
  return body instanceof PayloadGuard ? body : null;
}
