import type { ErrorCode } from "../shared/error-codes.ts";
import { HoldallError } from "../shared/holdall-error.ts";

const passing: ReadonlySet<ErrorCode> = new Set([
  "offline",
  "timeout",
  "unreachable",
  "issuer-unreachable",
  "sts-unreachable",
  "pool-unreachable",
  "directory-unreachable",
  "throttled",
  "service-unavailable",
  // A network that answers with its own sign-in page until the person agrees to something.
  "not-aws",
  // The person can give it back with one click: the session is as good as it was.
  "permission-needed",
]);

/** True for what may be different a minute later without anybody signing in. */
export function isPassing(error: unknown): boolean {
  return error instanceof HoldallError && passing.has(error.code);
}
