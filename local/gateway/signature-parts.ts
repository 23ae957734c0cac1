import type { IncomingMessage } from "node:http";
import type { RequestTarget } from "./request-target.ts";
import type { Scope } from "./signing.ts";

/** The part of a request that a signature covers. */
export type SignedRequest = Pick<IncomingMessage, "method" | "headers" | "rawHeaders">;

/** What a request says about its own signature. Nothing of it is checked yet. */
export interface SignatureParts {
  accessKeyId: string;
  scope: Scope;
  signedHeaders: string[];
  signature: string;
  /** `YYYYMMDDTHHMMSSZ`. */
  amzDate: string;
  sessionToken: string | null;
  /** Seconds that a presigned URL lives; null for a signature in headers. */
  expires: number | null;
  /** `x-amz-content-sha256`, from wherever the request carries it. */
  contentSha256: string | null;
}

const PRESIGNED = new Set([
  "x-amz-algorithm",
  "x-amz-credential",
  "x-amz-date",
  "x-amz-expires",
  "x-amz-signedheaders",
  "x-amz-signature",
  "x-amz-security-token",
  "x-amz-content-sha256",
]);

/** True for the query parameters of a presigned signature. */
export function belongsToSignature(name: string): boolean {
  return PRESIGNED.has(name.toLowerCase());
}

/**
 * Finds the signature in the query or in the headers: `null` when there is none, `"malformed"` when it cannot be read.
 */
export function readSignature(request: SignedRequest, target: RequestTarget): SignatureParts | "malformed" | null {
  const presigned = target.pairs.some(([name]) => name === "X-Amz-Signature" || name === "X-Amz-Algorithm");
  const { authorization } = request.headers;
  if (presigned) return authorization === undefined ? fromQuery(request, target) : "malformed";
  return authorization === undefined ? null : fromHeaders(request, authorization);
}

function fromQuery(request: SignedRequest, { pairs }: RequestTarget): SignatureParts | "malformed" {
  const values = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (!belongsToSignature(name)) continue;
    if (values.has(name)) return "malformed";
    values.set(name, value);
  }
  const credential = readCredential(values.get("X-Amz-Credential"));
  const amzDate = values.get("X-Amz-Date") ?? "";
  const expires = values.get("X-Amz-Expires") ?? "";
  const signedHeaders = values.get("X-Amz-SignedHeaders");
  const signature = values.get("X-Amz-Signature");
  if (values.get("X-Amz-Algorithm") !== "AWS4-HMAC-SHA256" || credential === null) return "malformed";
  if (!/^\d{8}T\d{6}Z$/.test(amzDate) || !/^\d{1,7}$/.test(expires) || Number(expires) > 604_800) return "malformed";
  if (signedHeaders === undefined || signature === undefined) return "malformed";
  return {
    ...credential,
    signedHeaders: signedHeaders.split(";"),
    signature,
    amzDate,
    sessionToken: values.get("X-Amz-Security-Token") ?? null,
    expires: Number(expires),
    contentSha256: values.get("X-Amz-Content-Sha256") ?? header(request, "x-amz-content-sha256"),
  };
}

function fromHeaders(request: SignedRequest, authorization: string): SignatureParts | "malformed" {
  const [, list] = /^AWS4-HMAC-SHA256\s+(.+)$/.exec(authorization) ?? [];
  const fields = new Map((list ?? "").split(",").map((field) => splitOnce(field.trim(), "=")));
  const credential = readCredential(fields.get("Credential"));
  const signedHeaders = fields.get("SignedHeaders");
  const signature = fields.get("Signature");
  const amzDate = header(request, "x-amz-date") ?? fromHttpDate(request.headers.date);
  if (credential === null || signedHeaders === undefined || signature === undefined) return "malformed";
  if (amzDate === null || !/^\d{8}T\d{6}Z$/.test(amzDate)) return "malformed";
  return {
    ...credential,
    signedHeaders: signedHeaders.split(";"),
    signature,
    amzDate,
    sessionToken: header(request, "x-amz-security-token"),
    expires: null,
    contentSha256: header(request, "x-amz-content-sha256"),
  };
}

function readCredential(text: string | undefined): { accessKeyId: string; scope: Scope } | null {
  const [accessKeyId, date, region, service, terminator, ...more] = (text ?? "").split("/");
  if (terminator !== "aws4_request" || more.length > 0 || !/^\d{8}$/.test(date ?? "")) return null;
  if (!accessKeyId || date === undefined || !region || !service) return null;
  return { accessKeyId, scope: { date, region, service } };
}

function header(request: SignedRequest, name: string): string | null {
  const value = request.headers[name];
  return typeof value === "string" ? value : null;
}

function fromHttpDate(date: string | undefined): string | null {
  const time = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(time) ? null : `${new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, "")}`;
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
