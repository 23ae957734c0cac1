/** What the codes of one service mean that the others do not have. Sources: the "Errors" sections of the API references. */
import type { AwsFailure } from "./aws-failure.ts";
import type { ErrorContext, Meaning } from "./error-context.ts";

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
export function stsCode({ code, message, status }: AwsFailure, context: ErrorContext): Meaning | null {
  switch (code.replace(/Exception$/, "")) {
    case "InvalidIdentityToken":
      if (/No OpenIDConnect provider found/i.test(message)) {
        return { code: "provider-unknown", subs: [context.issuer ?? "?"] };
      }
      // AWS could not read the provider's keys: the provider's trouble, not the token's.
      if (isProviderTrouble(message)) return { code: "issuer-unreachable", subs: [context.issuer ?? "?"] };
      return { code: "token-refused", subs: [withoutStop(message)] };
    case "IDPCommunicationError":
      return { code: "issuer-unreachable", subs: [context.issuer ?? "?"] };
    case "ExpiredToken":
    case "IDPRejectedClaim":
      return { code: "token-refused", subs: [withoutStop(message)] };
    case "AccessDenied":
      return { code: "trust-refused", subs: [context.roleArn ?? "?"] };
    default:
      return status >= 500 ? { code: "sts-unreachable" } : null;
  }
}

/** Our sentence goes on, or ends, after AWS's. */
function withoutStop(message: string): string {
  return message.replace(/\.$/, "");
}

/** STS says this when the provider did not answer STS in time: it may a moment later. */
export function isProviderTrouble(message: string): boolean {
  return /Couldn't retrieve verification key/i.test(message);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export function s3Code(failure: AwsFailure, context: ErrorContext): Meaning | null {
  const { code, message, status, region } = failure;
  const name = context.name ?? "?";
  switch (code) {
    case "NoSuchBucket":
      return { code: "bucket-missing", subs: [context.bucket ?? failure.bucket ?? "?"] };
    case "NoSuchKey":
    case "NoSuchVersion":
      return { code: "file-missing", subs: [name] };
    case "PermanentRedirect":
    case "TemporaryRedirect":
    case "AuthorizationHeaderMalformed":
    case "IllegalLocationConstraintException":
      return { code: "wrong-region", subs: [context.region ?? regionOfProfile(message), region ?? "?"] };
    case "AccessDenied":
      return isAbsentOrDenied(message, context) ? { code: "file-missing", subs: [name] } : null;
    case "PreconditionFailed":
    case "ConditionalRequestConflict":
      return { code: isConditionalPut(context) ? "file-exists" : "file-changed", subs: [name] };
    case "EntityTooLarge":
      return { code: "file-too-large", subs: ["?"] };
    case "BadDigest":
    case "XAmzContentSHA256Mismatch":
    case "XAmzContentChecksumMismatch":
    case "IncompleteBody":
      return { code: "checksum-mismatch", subs: [name] };
    case "RequestTimeout":
      return { code: "timeout", subs: [context.host ?? "s3"] };
    case "KeyTooLongError":
      return { code: "name-too-long", subs: ["?"] };
    case "":
      return s3Status(status, region, context);
    default:
      return null;
  }
}

/** Answers to HEAD have no body, so the status has to say it all. */
function s3Status(status: number, region: string | null, context: ErrorContext): Meaning | null {
  const name = context.name ?? "?";
  const elsewhere = region !== null && context.region !== undefined && region !== context.region;
  if (status === 301 || (status === 400 && elsewhere)) {
    return { code: "wrong-region", subs: [context.region ?? "?", region ?? "?"] };
  }
  if (status === 404 && isRead(context)) return { code: "file-missing", subs: [name] };
  if (status === 403 && isAbsentOrDenied("", context)) return { code: "file-missing", subs: [name] };
  if (status === 412 || status === 409)
    return { code: isConditionalPut(context) ? "file-exists" : "file-changed", subs: [name] };
  return null;
}

/** "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'" */
function regionOfProfile(message: string): string {
  return /the region '([a-z0-9-]+)' is wrong/.exec(message)?.[1] ?? "?";
}

/** About one object: HEAD or GET. */
function isRead(context: ErrorContext): boolean {
  return context.action === "s3:GetObject" && context.name !== undefined;
}

/** Our only condition on a PUT is `If-None-Match: *`; those on other requests are `If-Match`. */
function isConditionalPut(context: ErrorContext): boolean {
  return context.action === "s3:PutObject";
}

/**
 * Without ListBucket on exactly this prefix S3 answers 403 for an absent object, so as not to tell which ones exist: then
 * the sentence names ListBucket or nothing.
 */
function isAbsentOrDenied(message: string, context: ErrorContext): boolean {
  const denied = /not authorized to perform: (\S+)/.exec(message)?.[1];
  return isRead(context) && (denied === undefined || denied === "s3:ListBucket");
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
export function dynamoDbCode({ code, message }: AwsFailure, context: ErrorContext): Meaning | null {
  const { table } = context;
  switch (code) {
    case "ResourceNotFoundException":
      return { code: "table-missing", subs: [table?.name ?? "?"] };
    case "ConditionalCheckFailedException":
      return { code: "item-conflict" };
    case "ValidationException":
      if (
        /does not match the schema|missed key schema element|Missing the key|Type mismatch for key|key element/i.test(
          message,
        )
      ) {
        return { code: "table-keys", subs: [table?.partitionKey ?? "?", table?.sortKey ?? "?"] };
      }
      if (/item size/i.test(message)) return { code: "item-too-large", subs: ["?"] };
      return { code: "item-invalid", subs: ["item", `was refused by DynamoDB: ${withoutStop(message)}`] };
    default:
      return null;
  }
}
