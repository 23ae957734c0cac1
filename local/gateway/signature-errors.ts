import { AwsError } from "../service.ts";

/** How far a signature's time may be from ours. */
export const WINDOW_MS = 15 * 60_000;

/** Why a signature was not accepted. */
export type SignatureFault =
  | {
      kind:
        | "missing"
        | "malformed"
        | "unknownKey"
        | "wrongToken"
        | "expiredToken"
        | "unsignedHeaders"
        | "presignExpired";
    }
  | { kind: "mismatch"; stringToSign: string; signature: string; accessKeyId: string }
  | { kind: "skewed"; amzDate: string; serverTime: string; early: boolean }
  | { kind: "wrongRegion"; region: string; expected: string; presigned: boolean }
  | { kind: "wrongService"; service: string; expected: string; presigned: boolean }
  | { kind: "wrongDate" };

/** The fault in the service's own words. */
export function signatureError(service: "s3" | "dynamodb", fault: SignatureFault): AwsError {
  return service === "s3" ? s3Error(fault) : jsonError(fault);
}

/** S3 API reference, "Error responses". */
function s3Error(fault: SignatureFault): AwsError {
  switch (fault.kind) {
    case "missing":
      return new AwsError("AccessDenied", 403, "Access Denied");
    case "malformed":
    case "wrongDate":
      return new AwsError(
        "AuthorizationHeaderMalformed",
        400,
        "The authorization header or query you provided is malformed.",
      );
    case "unknownKey":
      return new AwsError(
        "InvalidAccessKeyId",
        403,
        "The AWS Access Key Id you provided does not exist in our records.",
      );
    case "wrongToken":
      return new AwsError("InvalidToken", 400, "The provided token is malformed or otherwise invalid.");
    case "expiredToken":
      return new AwsError("ExpiredToken", 400, "The provided token has expired.");
    case "unsignedHeaders":
      return new AwsError("AccessDenied", 403, "There were headers present in the request which were not signed");
    case "presignExpired":
      return new AwsError("AccessDenied", 403, "Request has expired");
    case "mismatch":
      return new AwsError(
        "SignatureDoesNotMatch",
        403,
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
        { AWSAccessKeyId: fault.accessKeyId, StringToSign: fault.stringToSign, SignatureProvided: fault.signature },
      );
    case "skewed":
      return new AwsError(
        "RequestTimeTooSkewed",
        403,
        "The difference between the request time and the current time is too large.",
        { RequestTime: fault.amzDate, ServerTime: fault.serverTime, MaxAllowedSkewMilliseconds: "900000" },
      );
    case "wrongRegion":
      return malformedScope(fault.presigned, `the region '${fault.region}' is wrong; expecting '${fault.expected}'`, {
        Region: fault.expected,
      });
    case "wrongService":
      return malformedScope(
        fault.presigned,
        `incorrect service "${fault.service}". This endpoint belongs to "${fault.expected}".`,
        {},
      );
  }
}

function malformedScope(presigned: boolean, what: string, details: Record<string, string>): AwsError {
  return presigned
    ? new AwsError(
        "AuthorizationQueryParametersError",
        400,
        `Error parsing the X-Amz-Credential parameter; ${what}`,
        details,
      )
    : new AwsError("AuthorizationHeaderMalformed", 400, `The authorization header is malformed; ${what}`, details);
}

/** DynamoDB developer guide, "Error handling", and the common errors of AWS's JSON services. */
function jsonError(fault: SignatureFault): AwsError {
  switch (fault.kind) {
    case "missing":
      return new AwsError("MissingAuthenticationTokenException", 400, "Request is missing Authentication Token");
    case "malformed":
      return new AwsError("IncompleteSignatureException", 400, "The authorization of the request cannot be read.");
    case "unknownKey":
    case "wrongToken":
      return new AwsError("UnrecognizedClientException", 400, "The security token included in the request is invalid.");
    case "expiredToken":
      return new AwsError("ExpiredTokenException", 400, "The security token included in the request is expired");
    case "presignExpired":
      return new AwsError("InvalidSignatureException", 400, "Signature expired.");
    case "unsignedHeaders":
      return new AwsError("InvalidSignatureException", 400, "'Host' and every 'x-amz-' header must be signed.");
    case "mismatch":
      return new AwsError(
        "InvalidSignatureException",
        400,
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
      );
    case "skewed": {
      const now = Date.parse(fault.serverTime);
      const written = (offset: number) => new Date(now + offset).toISOString().replace(/[-:]|\.\d+/g, "");
      return new AwsError(
        "InvalidSignatureException",
        400,
        fault.early
          ? `Signature not yet current: ${fault.amzDate} is still later than ${written(WINDOW_MS)} (${written(0)} + 15 min.)`
          : `Signature expired: ${fault.amzDate} is now earlier than ${written(-WINDOW_MS)} (${written(0)} - 15 min.)`,
      );
    }
    case "wrongDate":
      return new AwsError(
        "InvalidSignatureException",
        400,
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP",
      );
    case "wrongRegion":
      return new AwsError("InvalidSignatureException", 400, "Credential should be scoped to a valid region.");
    case "wrongService":
      return new AwsError(
        "InvalidSignatureException",
        400,
        `Credential should be scoped to correct service: '${fault.expected}'.`,
      );
  }
}
