import type { FaultPlan } from "../control/faults.ts";
import { type Authorization, AwsError } from "../service.ts";

type ServiceName = "s3" | "dynamodb";

/**
 * IAM's refusal in AWS's words. (IAM User Guide, "Troubleshoot access denied error messages".)
 *
 * @param refusedBy `session`: the session policy; else the role's policy
 */
export function accessDenied(
  service: ServiceName,
  assumedRoleArn: string,
  { action, resource }: Authorization,
  refusedBy: "role" | "session",
): AwsError {
  const policy = refusedBy === "session" ? "session policy" : "identity-based policy";
  const on = service === "s3" ? `"${resource}"` : resource;
  const message = `User: ${assumedRoleArn} is not authorized to perform: ${action} on resource: ${on} because no ${policy} allows the ${action} action`;
  return service === "s3"
    ? new AwsError("AccessDenied", 403, message)
    : new AwsError("AccessDeniedException", 400, message);
}

/** The error that a fault switch asks for, or null. Without its own status and code it is the service's usual one. */
export function plannedError(service: ServiceName, { throttle, error }: FaultPlan): AwsError | null {
  const s3 = service === "s3";
  if (throttle !== undefined) {
    const code = throttle.code ?? (s3 ? "SlowDown" : "ProvisionedThroughputExceededException");
    return new AwsError(code, throttle.status ?? (s3 ? 503 : 400), "Please reduce your request rate.");
  }
  if (error === undefined) return null;
  const code = error.code ?? (s3 ? "InternalError" : "InternalServerError");
  return new AwsError(code, error.status ?? 500, "We encountered an internal error. Please try again.");
}

/** A mistake of the local AWS itself: said on stderr, answered as AWS answers its own. */
export function unforeseen(service: ServiceName, cause: unknown): AwsError {
  process.stderr.write(`The local ${service} failed: ${cause instanceof Error ? cause.stack : String(cause)}\n`);
  const code = service === "s3" ? "InternalError" : "InternalServerError";
  return new AwsError(code, 500, "We encountered an internal error. Please try again.");
}
