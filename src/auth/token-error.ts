import * as oauth from "oauth4webapi";
import { HoldallError } from "../shared/holdall-error.ts";

/** What the token request was made with: `invalid_grant` means another thing for each. */
export type Grant = "code" | "refresh";

/**
 * oauth4webapi's error about a token answer, in Holdall's codes. Its `cause` is left behind: it holds tokens and claims.
 */
export function tokenError(error: unknown, context: { issuer: string; clientId: string; grant: Grant }): HoldallError {
  if (error instanceof HoldallError) return error;
  const service = "issuer";
  if (error instanceof oauth.ResponseBodyError) {
    const facts = { service, awsCode: error.error, status: error.status };
    if (error.error === "invalid_grant" && context.grant === "refresh") return new HoldallError("session-ended", facts);
    if (error.error === "invalid_client" || error.error === "unauthorized_client") {
      return new HoldallError("client-refused", { ...facts, subs: [context.clientId] });
    }
    return new HoldallError("sign-in-refused", { ...facts, subs: [error.error] });
  }
  if (error instanceof oauth.WWWAuthenticateChallengeError) {
    return new HoldallError("client-refused", { service, status: error.status, subs: [context.clientId] });
  }
  if (error instanceof oauth.UnsupportedOperationError) {
    return new HoldallError(/algorithm/.test(error.message) ? "id-token-algorithm" : "id-token-malformed");
  }
  if (error instanceof oauth.OperationProcessingError) return claimError(error, context.issuer);
  return new HoldallError("issuer-not-openid", { subs: [context.issuer], service });
}

function claimError(error: oauth.OperationProcessingError, issuer: string): HoldallError {
  const cause: object = typeof error.cause === "object" && error.cause !== null ? error.cause : {};
  // A missing claim is named in the sentence alone, a wrong one in the cause.
  const claim = "claim" in cause ? cause.claim : /JWT "(\w+)"/.exec(error.message)?.[1];
  if (error.code === oauth.JWT_TIMESTAMP_CHECK) return new HoldallError("id-token-expired");
  switch (claim) {
    case "iss":
      return new HoldallError("id-token-issuer");
    case "aud":
    case "azp":
      return new HoldallError("id-token-audience");
    case "nonce":
      return new HoldallError("id-token-nonce");
    case "sub":
      return new HoldallError("id-token-subject");
  }
  if ("header" in cause) return new HoldallError("id-token-algorithm");
  if (error.code === oauth.RESPONSE_IS_NOT_CONFORM || error.code === oauth.RESPONSE_IS_NOT_JSON || "body" in cause) {
    return new HoldallError("issuer-not-openid", { subs: [issuer], service: "issuer" });
  }
  return new HoldallError("id-token-malformed");
}
