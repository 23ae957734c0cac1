import { decodeJwt, type JWTPayload } from "jose";
import type { AwsError } from "../service.ts";
import { checkSignature, SignatureError, type SignatureFault } from "../tokens/check-signature.ts";
import { ProviderKeys } from "../tokens/provider-keys.ts";
import { cognitoError, invalidLogin, notAuthorized } from "./errors.ts";
import type { Login } from "./identities.ts";
import type { IdentityPool } from "./identity-pool.ts";

export type LoginVerifier = (logins: Record<string, string>) => Promise<Login>;

/**
 * Cognito's check of a request's logins: a provider of the pool, the provider's published keys, issuer, audience, expiry,
 * and with ServerSideTokenCheck that the provider has not taken the sign-in back.
 *
 * Unlike STS, Cognito has no grace after `exp`: its own error says `Token expired: <now> >= <exp>`.
 *
 * The verifier throws AwsError: `NotAuthorizedException`, and `ExternalServiceException` when the provider does not answer.
 */
export function createLoginVerifier(pool: IdentityPool, isRevoked: (claims: JWTPayload) => boolean): LoginVerifier {
  const { provider } = pool;
  const keys = new ProviderKeys(provider.issuer, "cognito-identity");
  return async (logins) => {
    const names = Object.keys(logins);
    if (names.length === 0) throw notAuthorized("Unauthenticated access is not supported for this identity pool.");
    const token = Object.hasOwn(logins, provider.name) ? logins[provider.name] : undefined;
    if (token === undefined || names.length > 1) {
      throw notAuthorized("Token is not from a supported provider of this identity pool.");
    }
    if (decode(token).iss !== provider.issuer) throw invalidLogin("Issuer doesn't match providerName");
    const claims = await checkSignature(token, keys).catch((cause: unknown) => {
      throw cause instanceof SignatureError ? refusal(cause) : cause;
    });
    const subject = checkClaims(claims, provider.clientIds);
    // AWS documents the code and no sentence.
    if (pool.serverSideTokenCheck && isRevoked(claims)) throw invalidLogin("Token has been revoked.");
    return { provider: provider.name, subject };
  };
}

const SIGNATURE_MESSAGES: Record<Exclude<SignatureFault, "unreachable">, string> = {
  key: "Couldn't verify signed token.",
  signature: "Couldn't verify signed token.",
  algorithm: "Couldn't verify signed token.",
  malformed: "Not a valid OpenId Connect identity token.",
};

function refusal(error: SignatureError): AwsError {
  if (error.fault !== "unreachable") return invalidLogin(SIGNATURE_MESSAGES[error.fault]);
  const unreachable = cognitoError("ExternalServiceException", "The identity provider is not responding.");
  return Object.assign(unreachable, { cause: error });
}

function decode(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    throw invalidLogin("Not a valid OpenId Connect identity token.");
  }
}

/** @returns the subject */
function checkClaims({ sub, aud, azp, exp }: JWTPayload, clientIds: readonly string[]): string {
  if (typeof sub !== "string" || sub === "") throw invalidLogin("Missing a required claim: sub");
  if (exp === undefined) throw invalidLogin("Missing a required claim: exp");
  const audience = typeof azp === "string" ? azp : [aud].flat()[0];
  if (audience === undefined) throw invalidLogin("Missing a required claim: aud");
  const now = Math.floor(Date.now() / 1000);
  if (now >= exp) throw invalidLogin(`Token expired: ${now} >= ${exp}`);
  if (!clientIds.includes(audience)) throw invalidLogin("Incorrect token audience.");
  return sub;
}
