/** What a failure means for a transfer. */
import type { ErrorCode } from "../../shared/error-codes.ts";
import type { HoldallError } from "../../shared/holdall-error.ts";
import type { TransferRecord } from "../record.ts";

/**
 * `again` after `pause` milliseconds. `wait` for `resume()`: the person signs in, the network comes back; `counted` when it
 * used up a try. `renew` gets new credentials first. `fail` is final until the person retries.
 */
export type Verdict =
  | { kind: "again"; pause: number }
  | { kind: "wait"; counted: boolean }
  | { kind: "renew" }
  | { kind: "fail" };

/** Tries in one go: the pauses before them add up to less than a minute. */
export const quickTries = 6;
/** Tries while the network is bad, after which there is one for each alarm: five rounds of quick ones. */
export const allTries = 30;
const firstPause = 1000;
/** Below the 30 s after which Chromium ends an idle worker. */
const longestPause = 20_000;

/** What only the person or time can mend. */
const waitingFor: readonly ErrorCode[] = ["offline", "permission-needed", "file-needed"];
/** Why there is no session (any more): what a renewal is refused with, by the provider or by AWS, ends it. */
const sessionEnd =
  /^(?:signed-out|session-ended|(?:callback|client|id-token|identity|issuer|provider|sign-in|token|trust)-.+)$/;
/**
 * What gets better without anybody, be it in a minute or in hours: giving up would leave the person with thousands of failures
 * after a night without network. `not-aws`: most often a network that wants the person to agree to something first.
 */
const lasting: readonly ErrorCode[] = [
  ...(["timeout", "unreachable", "sts-unreachable", "issuer-unreachable", "not-aws"] as const),
  ...(["throttled", "service-unavailable"] as const),
];
const lastingAws = ["SlowDown", "InternalError", "ServiceUnavailable", "RequestTimeout"];
/** `clock-wrong`: the next request is signed at the time that the refusal told. */
const passing: readonly ErrorCode[] = ["checksum-mismatch", "transfer-host-lost", "clock-wrong"];

const passingAws = ["ConditionalRequestConflict", "OperationAborted", "IncompleteBody", "BadDigest"];

/** The name, the bytes or the upload itself will be another one the next time. */
const anew: readonly ErrorCode[] = ["file-exists", "file-changed", "file-unreadable", "upload-missing", "cancelled"];

/** Whether the parts that an upload has sent serve it when it is tried again: then they are kept when it fails. */
export function partsMayServe(code: ErrorCode): boolean {
  return !anew.includes(code);
}

/** Whether the transfer goes on once its owner has signed in. */
export function needsSignIn(code: ErrorCode): boolean {
  return sessionEnd.test(code) && !lasting.includes(code);
}

/** @param random 0 ≤ x < 1: spreads the pauses of many transfers */
export function judgeFailure(error: HoldallError, record: TransferRecord, random: number): Verdict {
  const { awsCode = "", status = 0 } = error.facts;
  if (waitingFor.includes(error.code) || needsSignIn(error.code)) return { kind: "wait", counted: false };
  const tries = record.attempts + 1;
  if (error.code === "credentials-expired") return tries < quickTries ? { kind: "renew" } : { kind: "fail" };
  if (passing.includes(error.code) || passingAws.includes(awsCode)) {
    return tries < quickTries ? { kind: "again", pause: pauseBefore(tries, random) } : { kind: "fail" };
  }
  if (lasting.includes(error.code) || lastingAws.includes(awsCode) || status >= 500) {
    return tries % quickTries === 0 || tries > allTries
      ? { kind: "wait", counted: true }
      : { kind: "again", pause: pauseBefore(tries % quickTries, random) };
  }
  return { kind: "fail" };
}

/** Doubles with each try; half of it is chance. Milliseconds. */
export function pauseBefore(tries: number, random: number): number {
  const full = Math.min(longestPause, firstPause * 2 ** (tries - 1));
  return Math.round(full / 2 + (full / 2) * random);
}
