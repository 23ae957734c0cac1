import { errors, type JWTPayload, jwtVerify } from "jose";
import { type ProviderKeys, ProviderUnreachable } from "./provider-keys.ts";

/** What AWS takes; `none` and the symmetric algorithms are not among them. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"];

/** `key`: the provider publishes none of that id. */
export type SignatureFault = "malformed" | "key" | "signature" | "algorithm" | "unreachable";

/** Why a token's signature does not hold; each service has its own words for it. */
export class SignatureError extends Error {
  override name = "SignatureError";
  constructor(
    readonly fault: SignatureFault,
    cause: unknown,
  ) {
    super(`The token's signature does not hold: ${fault}.`, { cause });
  }
}

/**
 * Checks an ID token's signature with the provider's published keys, and nothing else of it: expiry and audience have
 * their own errors, and their own grace, in each service.
 *
 * @throws {SignatureError}
 */
export async function checkSignature(token: string, keys: ProviderKeys): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, await keys.get(), {
      algorithms: ALGORITHMS,
      clockTolerance: Number.MAX_SAFE_INTEGER,
    });
    return payload;
  } catch (cause) {
    throw new SignatureError(faultOf(cause), cause);
  }
}

function faultOf(cause: unknown): SignatureFault {
  if (cause instanceof ProviderUnreachable) return "unreachable";
  if (cause instanceof errors.JWKSNoMatchingKey) return "key";
  if (cause instanceof errors.JWSSignatureVerificationFailed) return "signature";
  if (cause instanceof errors.JOSEAlgNotAllowed) return "algorithm";
  if (cause instanceof errors.JWTInvalid || cause instanceof errors.JWSInvalid) return "malformed";
  return "unreachable";
}
