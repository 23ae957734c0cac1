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
  const { code, message, region } = failure;
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
    case "NoSuchUpload":
      return { code: "upload-missing" };
    case "PreconditionFailed":
    case "ConditionalRequestConflict":
      return { code: isNameTaken(failure, context) ? "file-exists" : "file-changed", subs: [name] };
    // S3 holds other parts than those that were sent.
    case "InvalidPart":
      return { code: "checksum-mismatch", subs: [name] };
    case "InvalidRequest":
      return /x-amz-mp-object-size/i.test(message) ? { code: "checksum-mismatch", subs: [name] } : null;
    case "InvalidPartOrder":
    case "EntityTooSmall":
      return { code: "internal", subs: [`${code}: ${withoutStop(message)}`] };
    case "EntityTooLarge":
      return { code: "file-too-large", subs: ["?"] };
    case "BadDigest":
    case "XAmzContentSHA256Mismatch":
    case "XAmzContentChecksumMismatch":
    case "IncompleteBody":
      return { code: "checksum-mismatch", subs: [name] };
    // With status 200 too: completing and copying begin their answer before they know how it ends.
    case "InternalError":
    case "ServiceUnavailable":
    case "OperationAborted":
      return { code: "service-unavailable", subs: ["S3"] };
    case "RequestTimeout":
      return { code: "timeout", subs: [context.host ?? "s3"] };
    case "KeyTooLongError":
      return { code: "name-too-long", subs: ["?"] };
    case "":
      return s3Status(failure, context);
    default:
      return null;
  }
}

/** Answers to HEAD have no body, so the status has to say it all. */
function s3Status(failure: AwsFailure, context: ErrorContext): Meaning | null {
  const { status, region } = failure;
  const name = context.name ?? "?";
  const elsewhere = region !== null && context.region !== undefined && region !== context.region;
  if (status === 301 || (status === 400 && elsewhere)) {
    return { code: "wrong-region", subs: [context.region ?? "?", region ?? "?"] };
  }
  if (status === 404 && isUploadOnly(context)) return { code: "upload-missing" };
  if (status === 404 && isRead(context)) return { code: "file-missing", subs: [name] };
  if (status === 403 && isAbsentOrDenied("", context)) return { code: "file-missing", subs: [name] };
  if (status === 412 || status === 409)
    return { code: isNameTaken(failure, context) ? "file-exists" : "file-changed", subs: [name] };
  return null;
}

/** "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'" */
function regionOfProfile(message: string): string {
  return /the region '([a-z0-9-]+)' is wrong/.exec(message)?.[1] ?? "?";
}

/** About one object or one of its versions: HEAD or GET. */
function isRead(context: ErrorContext): boolean {
  return /^s3:GetObject(?:Version)?$/.test(context.action ?? "") && context.name !== undefined;
}

/** About one multipart upload, and nothing but that. */
function isUploadOnly(context: ErrorContext): boolean {
  return context.action === "s3:AbortMultipartUpload" || context.action === "s3:ListMultipartUploadParts";
}

/** Our only condition on what a PUT makes is `If-None-Match: *`; those on other requests, and on a copy's source, are `If-Match`. */
function isNameTaken({ condition }: AwsFailure, context: ErrorContext): boolean {
  return context.action === "s3:PutObject" && !condition?.startsWith("x-amz-copy-source");
}

/**
 * Without ListBucket on exactly this prefix S3 answers 403 for an absent object, so as not to tell which ones exist: then
 * the sentence names ListBucket or nothing. A PUT that needs ListBucket is a copy of what is not there.
 */
function isAbsentOrDenied(message: string, context: ErrorContext): boolean {
  const denied = /not authorized to perform: (\S+)/.exec(message)?.[1];
  if (denied === "s3:ListBucket") return context.name !== undefined;
  return isRead(context) && denied === undefined;
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
