import { type ErrorFacts, HoldallError } from "../shared/holdall-error.ts";
import type { Profile } from "../shared/profile.ts";

/**
 * What a refusal of Cognito Identity means.
 * https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetCredentialsForIdentity.html#API_GetCredentialsForIdentity_Errors
 * @param json the body; null when it is not JSON
 */
export function mapPoolAnswer(
  response: Response,
  json: Record<string, unknown> | null,
  { profile, host }: { profile: Profile; host: string },
): HoldallError {
  const { status, headers } = response;
  // The header may carry a URL behind the name, the body a namespace before it.
  const named = String(headers.get("x-amzn-errortype") ?? json?.__type ?? "");
  const awsCode = named.replace(/[:,].*$/, "").replace(/^.*#/, "");
  const message = String(json?.message ?? json?.Message ?? "");
  const requestId = headers.get("x-amzn-requestid");
  const facts: ErrorFacts = {
    ...{ service: "cognito", status },
    ...(awsCode !== "" && { awsCode }),
    ...(message !== "" && { detail: message }),
    ...(requestId !== null && { requestId }),
  };
  const withSubs = (...subs: string[]): ErrorFacts => ({ ...facts, subs });
  const { credentials } = profile;
  const pool = credentials.kind === "identityPool" ? credentials.identityPoolId : "?";
  switch (awsCode.replace(/Exception$/, "")) {
    case "NotAuthorized":
      return new HoldallError("token-refused", withSubs(message.replace(/\.$/, "")));
    case "ResourceNotFound":
      // The identity was deleted from the pool: the next sign-in is somebody new there.
      if (/^Identity '/.test(message)) return new HoldallError("identity-changed", facts);
      return new HoldallError("pool-missing", withSubs(pool));
    case "InvalidIdentityPoolConfiguration":
      return new HoldallError("pool-misconfigured", withSubs(pool));
    case "ExternalService":
      return new HoldallError("issuer-unreachable", withSubs(profile.issuer));
    case "TooManyRequests":
    case "LimitExceeded":
      return new HoldallError("throttled", facts);
    case "ResourceConflict":
      return new HoldallError("identity-changed", facts);
  }
  if (status >= 500 || status === 429) return new HoldallError("pool-unreachable", withSubs(host));
  if (awsCode === "") return new HoldallError("not-aws", withSubs(host));
  return new HoldallError("service-refused", withSubs(awsCode));
}
