import { HoldallError } from "../shared/holdall-error.ts";
import { type AwsFailure, factsOf, failureOfS3Answer, failureOfSdkError } from "./aws-failure.ts";
import type { ErrorContext, Meaning } from "./error-context.ts";
import { dynamoDbCode, s3Code, stsCode } from "./service-codes.ts";

const serviceNames = { sts: "STS", s3: "S3", dynamodb: "DynamoDB" };
const byService = { sts: stsCode, s3: s3Code, dynamodb: dynamoDbCode };

/**
 * The HoldallError for whatever the SDK, `fetch` or a credential source threw. A HoldallError passes as it is.
 * `facts` keep AWS's code, sentence, request id and the HTTP status.
 */
export function mapAwsError(error: unknown, context: ErrorContext): HoldallError {
  if (error instanceof HoldallError) return error;
  const host = context.host ?? serviceNames[context.service];
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  const failure = failureOfSdkError(error);
  // An answer that no parser could read: the SDK adds `$metadata` to the parser's own error.
  if (failure !== null && (name === "SyntaxError" || (failure.status < 300 && name !== "InternalError"))) {
    return new HoldallError(
      "not-aws",
      { subs: [host], service: context.service, status: failure.status },
      { cause: error },
    );
  }
  if (failure !== null) return explain(failure, context, error);
  if (name === "AbortError") return new HoldallError("cancelled", {}, { cause: error });
  if (name === "TimeoutError") return new HoldallError("timeout", { subs: [host] }, { cause: error });
  if (error instanceof TypeError && /fetch|network|load failed|offline/i.test(error.message)) {
    const offline = typeof navigator !== "undefined" && navigator.onLine === false;
    return new HoldallError(offline ? "offline" : "unreachable", { subs: [host] }, { cause: error });
  }
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new HoldallError("internal", { subs: [detail], detail, service: context.service }, { cause: error });
}

/**
 * The HoldallError for an answer of S3 that did not come through the SDK.
 * @param headers names in lower case
 * @param bodyText the beginning of the body is enough
 */
export function mapS3Response(
  status: number,
  headers: Record<string, string>,
  bodyText: string,
  context: Omit<ErrorContext, "service">,
): HoldallError {
  const html = /^text\/html\b/i.test(headers["content-type"] ?? "") || /^\s*<(?:!doctype html|html)/i.test(bodyText);
  const full: ErrorContext = { ...context, service: "s3" };
  if (html) {
    return new HoldallError("not-aws", { subs: [context.host ?? serviceNames.s3], service: "s3", status });
  }
  return explain(failureOfS3Answer(status, headers, bodyText), full);
}

/** What any service may say; after it, what this service says; after that, the status alone. */
function explain(failure: AwsFailure, context: ErrorContext, cause?: unknown): HoldallError {
  const { code, subs } =
    byService[context.service](failure, context) ?? commonCode(failure, context) ?? statusCode(failure, context);
  const facts = factsOf(failure, context.service);
  return new HoldallError(code, subs === undefined ? facts : { ...facts, subs }, { cause });
}

function commonCode(failure: AwsFailure, context: ErrorContext): Meaning | null {
  const { code } = failure;
  if (/^AccessDenied(?:Exception)?$/.test(code) || code === "AllAccessDisabled") return accessDenied(failure, context);
  if (
    /^(?:ExpiredToken(?:Exception)?|TokenRefreshRequired|InvalidToken|InvalidAccessKeyId|UnrecognizedClientException)$/.test(
      code,
    )
  ) {
    return { code: "credentials-expired" };
  }
  if (
    /^(?:RequestTimeTooSkewed|RequestExpired|RequestInTheFuture)$/.test(code) ||
    /Signature (?:expired|not yet current)/.test(failure.message)
  ) {
    return { code: "clock-wrong", subs: [String(failure.skew ?? "?")] };
  }
  if (
    /^(?:SlowDown|Throttl\w*|ProvisionedThroughputExceeded\w*|RequestLimitExceeded|TooManyRequests\w*|BandwidthLimitExceeded)$/.test(
      code,
    )
  ) {
    return { code: "throttled" };
  }
  return null;
}

/** AWS's sentence names the permission and the resource; older answers and compatible stores say only "Access Denied". */
function accessDenied(failure: AwsFailure, context: ErrorContext): Meaning {
  const found = /not authorized to perform: ([\w-]+:[\w*]+)(?: on resource: "?([^\s"]+)"?)?/.exec(failure.message);
  return { code: "access-denied", subs: [found?.[1] ?? context.action ?? "?", found?.[2] ?? context.resource ?? "?"] };
}

function statusCode(failure: AwsFailure, context: ErrorContext): Meaning {
  const { status, code } = failure;
  if (status === 429) return { code: "throttled" };
  if (status >= 500) return { code: "service-unavailable", subs: [serviceNames[context.service]] };
  // AWS's refusals carry a code, but for those of HEAD, which were understood before.
  if (code === "") return { code: "not-aws", subs: [context.host ?? serviceNames[context.service]] };
  return { code: "service-refused", subs: [code] };
}

export type { ErrorContext };
