import { decodeJwt, type JWTPayload } from "jose";
import type { WebIdentity } from "../iam/web-identity.ts";
import { AwsError } from "../service.ts";
import { checkSignature, SignatureError, type SignatureFault } from "../tokens/check-signature.ts";
import { ProviderKeys } from "../tokens/provider-keys.ts";

/** How long STS still takes a token after its `exp`, in seconds. (STS accepts it "up to 5 minutes after".) */
const EXPIRY_GRACE_SECONDS = 300;

export interface OpenIdProvider {
  issuer: string;
  clientIds: readonly string[];
}

export type TokenVerifier = (token: string) => Promise<WebIdentity>;

/**
 * STS's check of an ID token: the provider's published keys, issuer, audience, expiry.
 * Compares with the real time and not with the local AWS's adjustable one, since the provider shares the former.
 *
 * The verifier throws AwsError: `InvalidIdentityToken`, `ExpiredTokenException`, `IDPCommunicationError`.
 */
export function createTokenVerifier(provider: OpenIdProvider): TokenVerifier {
  const keys = new ProviderKeys(provider.issuer, "sts");
  return async (token) => {
    const claimed = decode(token);
    if (claimed.iss !== provider.issuer) {
      throw invalid(`No OpenIDConnect provider found in your account for ${claimed.iss ?? "null"}`);
    }
    const payload = await checkSignature(token, keys).catch((cause: unknown) => {
      throw cause instanceof SignatureError ? refusal(cause) : cause;
    });
    checkExpiry(payload);
    const { sub, aud, azp, amr } = payload;
    if (typeof sub !== "string" || sub === "") throw invalid("Missing a required claim: sub");
    const audience = typeof azp === "string" ? azp : [aud].flat()[0];
    if (audience === undefined) throw invalid("Missing a required claim: aud");
    if (!provider.clientIds.includes(audience)) throw invalid("Incorrect token audience");
    return { subject: sub, audience, methods: Array.isArray(amr) ? amr.map(String) : [] };
  };
}

const SIGNATURE_MESSAGES: Record<Exclude<SignatureFault, "unreachable">, string> = {
  key: "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements",
  signature: "Token signature invalid",
  algorithm: "The token's signature algorithm is not accepted",
  malformed: "The ID Token provided is not a valid JWT.",
};

function refusal(error: SignatureError): AwsError {
  if (error.fault !== "unreachable") return invalid(SIGNATURE_MESSAGES[error.fault]);
  const message = "The identity provider could not be reached. Try again, and check its discovery document and keys.";
  return Object.assign(new AwsError("IDPCommunicationError", 400, message), { cause: error });
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidIdentityToken", 400, message);
}

function decode(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    throw invalid("The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)");
  }
}

function checkExpiry({ exp, iat }: JWTPayload): void {
  if (exp === undefined) throw invalid("Missing a required claim: exp");
  if (iat === undefined) throw invalid("Missing a required claim: iat");
  const now = Math.floor(Date.now() / 1000);
  if (now > exp + EXPIRY_GRACE_SECONDS) {
    const message = `Token expired: current date/time ${now} must be before the expiration date/time ${exp}`;
    throw new AwsError("ExpiredTokenException", 400, message);
  }
}
