import { deflateRawSync } from "node:zlib";
import { AwsError } from "../service.ts";
import { checkSessionPolicy } from "./session-policy.ts";

/** Bytes that a packed session policy may have. AWS does not publish its format; deflate is near it in size. */
const PACKED_LIMIT = 1024;

export interface AssumeRoleParameters {
  roleArn: string;
  roleSessionName: string;
  token: string;
  durationSeconds: number;
  policy: string | null;
  /** Percent of the packed limit, null without a policy. */
  packedPolicySize: number | null;
}

/**
 * Reads AssumeRoleWithWebIdentity's form. (STS API reference.)
 *
 * @throws {AwsError} `ValidationError`, `MalformedPolicyDocument`, `PackedPolicyTooLarge`
 */
export function readParameters(form: URLSearchParams, maxDurationSeconds: number): AssumeRoleParameters {
  const durationSeconds = readDuration(form.get("DurationSeconds"), maxDurationSeconds);
  const policy = form.get("Policy");
  return {
    roleArn: required(form, "RoleArn", /^arn:aws[a-z-]*:iam::\d{12}:role\/.{1,512}$/s),
    roleSessionName: required(form, "RoleSessionName", /^[\w+=,.@-]{2,64}$/),
    token: required(form, "WebIdentityToken", /^.{4,20000}$/s),
    durationSeconds,
    policy,
    packedPolicySize: policy === null ? null : packedSize(policy),
  };
}

function required(form: URLSearchParams, name: string, pattern: RegExp): string {
  const value = form.get(name);
  const member = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  if (value === null || value === "") {
    throw validation(`Value null at '${member}' failed to satisfy constraint: Member must not be null`);
  }
  if (!pattern.test(value)) {
    const shown = name === "WebIdentityToken" ? "***" : value;
    throw validation(`Value '${shown}' at '${member}' failed to satisfy constraint: ${pattern.source}`);
  }
  return value;
}

function readDuration(text: string | null, max: number): number {
  if (text === null) return 3600;
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(seconds >= 900)) {
    throw validation(
      `Value '${text}' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900`,
    );
  }
  if (seconds > max) {
    throw new AwsError(
      "ValidationError",
      400,
      "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
  }
  return seconds;
}

function packedSize(policy: string): number {
  // Characters and length as the API reference gives them for `Policy`.
  if (policy.length > 2048) {
    throw validation(
      "Value at 'policy' failed to satisfy constraint: Member must have length less than or equal to 2048",
    );
  }
  if (!/^[\t\n\r\u0020-\u00FF]+$/.test(policy)) {
    throw validation(
      "Value at 'policy' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
    );
  }
  checkSessionPolicy(policy);
  const percent = Math.ceil((deflateRawSync(policy).length / PACKED_LIMIT) * 100);
  if (percent > 100) {
    throw new AwsError(
      "PackedPolicyTooLarge",
      400,
      `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`,
    );
  }
  return percent;
}

function validation(message: string): AwsError {
  return new AwsError("ValidationError", 400, `1 validation error detected: ${message}`);
}
