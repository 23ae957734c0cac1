import { createRemoteJWKSet, decodeJwt, errors, type JWTPayload, jwtVerify } from "jose";
import type { WebIdentity } from "../iam/web-identity.ts";
import { AwsError } from "../service.ts";

/** How long STS still takes a token after its `exp`, in seconds. (STS accepts it "up to 5 minutes after".) */
const EXPIRY_GRACE_SECONDS = 300;

/** What STS takes; `none` and the symmetric algorithms are not among them. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"];

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
  let keys: ReturnType<typeof createRemoteJWKSet> | null = null;
  return async (token) => {
    const claimed = decode(token);
    if (claimed.iss !== provider.issuer) {
      throw invalid(`No OpenIDConnect provider found in your account for ${claimed.iss ?? "null"}`);
    }
    keys ??= await discoverKeys(provider.issuer);
    const payload = await checkSignature(token, keys);
    checkExpiry(payload);
    const { sub, aud, azp, amr } = payload;
    if (typeof sub !== "string" || sub === "") throw invalid("Missing a required claim: sub");
    const audience = typeof azp === "string" ? azp : [aud].flat()[0];
    if (audience === undefined) throw invalid("Missing a required claim: aud");
    if (!provider.clientIds.includes(audience)) throw invalid("Incorrect token audience");
    return { subject: sub, audience, methods: Array.isArray(amr) ? amr.map(String) : [] };
  };
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

async function discoverKeys(issuer: string): Promise<ReturnType<typeof createRemoteJWKSet>> {
  const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const headers = { "user-agent": "sts" };
  try {
    const answer = await fetch(url, { headers, redirect: "error", signal: AbortSignal.timeout(5_000) });
    const metadata: unknown = answer.ok ? await answer.json() : null;
    if (typeof metadata === "object" && metadata !== null && "jwks_uri" in metadata) {
      // No cooldown: a token signed with a key that was published a moment ago is good.
      return createRemoteJWKSet(new URL(String(metadata.jwks_uri)), { headers, cooldownDuration: 0 });
    }
  } catch (cause) {
    throw unreachable(cause);
  }
  throw unreachable(null);
}

function unreachable(cause: unknown): AwsError {
  const message = "The identity provider could not be reached. Try again, and check its discovery document and keys.";
  return Object.assign(new AwsError("IDPCommunicationError", 400, message), { cause });
}

async function checkSignature(token: string, keys: ReturnType<typeof createRemoteJWKSet>): Promise<JWTPayload> {
  try {
    // Expiry has its own error and its own grace: see checkExpiry.
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ALGORITHMS,
      clockTolerance: Number.MAX_SAFE_INTEGER,
    });
    return payload;
  } catch (cause) {
    if (cause instanceof errors.JWKSNoMatchingKey) {
      throw invalid(
        "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements",
      );
    }
    if (cause instanceof errors.JWSSignatureVerificationFailed) throw invalid("Token signature invalid");
    if (cause instanceof errors.JOSEAlgNotAllowed) throw invalid("The token's signature algorithm is not accepted");
    if (cause instanceof errors.JWTInvalid || cause instanceof errors.JWSInvalid)
      throw invalid("The ID Token provided is not a valid JWT.");
    throw unreachable(cause);
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
