import type { ErrorFacts } from "../shared/holdall-error.ts";
import { redact } from "../shared/redact.ts";

/** What the AWS SDK's errors and S3's answers have in common, taken apart once. */
export interface AwsFailure {
  /** AWS's own code; "" when the answer had none, as answers to HEAD. */
  code: string;
  /** AWS's own sentence, without secrets that it repeats; "" when there was none. */
  message: string;
  /** 0 when no answer came. */
  status: number;
  requestId: string | null;
  /** The region that AWS names, from `x-amz-bucket-region`, `<Region>` or the sentence. */
  region: string | null;
  /** The bucket that S3 names. */
  bucket: string | null;
  /** The header whose condition did not hold, in lower case, when S3 names it. */
  condition: string | null;
  /** Minutes between this machine's clock and AWS's, when AWS refused the request for it. */
  skew: number | null;
}

/** Names that the SDK makes up when an answer carries no code. */
const nameless = /^(?:Unknown|UnknownError|Error|[345]\d\d|NotFound|Forbidden|BadRequest)$/;

function property(source: unknown, name: string): unknown {
  return typeof source === "object" && source !== null ? (source as Record<string, unknown>)[name] : undefined;
}

function text(source: unknown, ...names: string[]): string {
  for (const name of names) {
    const value = property(source, name);
    if (typeof value === "string" && value !== "") return value;
  }
  return "";
}

/** An error that the SDK threw for an answer; null for anything else. */
export function failureOfSdkError(error: unknown): AwsFailure | null {
  const metadata = property(error, "$metadata");
  const status = property(metadata, "httpStatusCode");
  if (typeof status !== "number") return null;
  const code = text(error, "Code", "name");
  const message = text(error, "message");
  return {
    // STS and DynamoDB differ from S3 in whether codes end so; the shapes of the SDK always do.
    code: nameless.test(code) ? "" : code.replace(/.*#/, ""),
    message: nameless.test(message) ? "" : redact(message),
    status,
    requestId: text(metadata, "requestId") || null,
    region:
      text(property(property(error, "$response"), "headers"), "x-amz-bucket-region") ||
      text(error, "Region") ||
      regionInSentence(message),
    bucket: text(error, "BucketName", "Bucket") || null,
    condition: text(error, "Condition").toLowerCase() || null,
    skew: skewOf(text(error, "RequestTime"), text(error, "ServerTime"), message),
  };
}

/** An answer of S3 as the transfer host saw it. Header names in lower case. */
export function failureOfS3Answer(status: number, headers: Record<string, string>, body: string): AwsFailure {
  const element = (name: string) => unescapeXml(new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1] ?? "");
  const message = redact(element("Message"));
  return {
    code: element("Code"),
    message,
    status,
    requestId: headers["x-amz-request-id"] || element("RequestId") || null,
    region: headers["x-amz-bucket-region"] || element("Region") || regionInSentence(message),
    bucket: element("BucketName") || element("Bucket") || null,
    condition: element("Condition").toLowerCase() || null,
    skew: skewOf(element("RequestTime"), element("ServerTime"), message),
  };
}

/** "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'" */
function regionInSentence(message: string): string | null {
  return /expecting '([a-z0-9-]+)'/.exec(message)?.[1] ?? null;
}

/**
 * S3 tells both times; DynamoDB only in its sentence: "Signature expired: 20250101T000000Z is now earlier than
 * 20250101T004500Z (20250101T005000Z - 5 min.)"
 */
function skewOf(requestTime: string, serverTime: string, message: string): number | null {
  const [inSentence, , now] = message.match(/\d{8}T\d{6}Z/g) ?? [];
  const ours = timeOf(requestTime || (inSentence ?? ""));
  const theirs = timeOf(serverTime || (now ?? ""));
  return Number.isNaN(ours - theirs) ? null : Math.round(Math.abs(ours - theirs) / 60_000);
}

function timeOf(written: string): number {
  return Date.parse(written.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}

const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

function unescapeXml(escaped: string): string {
  return escaped.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => entities[name] ?? "");
}

/** The facts that every error made from this failure carries. */
export function factsOf(failure: AwsFailure, service: string): ErrorFacts {
  const { code, message, status, requestId } = failure;
  return {
    service,
    ...(code && { awsCode: code }),
    ...(status > 0 && { status }),
    ...(requestId !== null && { requestId }),
    ...(message && { detail: message }),
  };
}
