import { errors, jwtVerify } from "jose";
import { type ProviderKeys, ProviderUnreachable } from "../tokens/provider-keys.ts";

/** A request that is not answered: RFC 9457's problem, and for 401 what RFC 6750 wants to be told. */
export class Problem extends Error {
  override name = "Problem";
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    /** RFC 6750's error code; null where no token was sent at all, and for everything but 401. */
    readonly challenge: "invalid_token" | null = null,
  ) {
    super(detail);
  }
}

/**
 * The subject of an access token for `audience` (RFC 9068): signature, issuer, audience, expiry, and the type, since an ID
 * token of the same provider is good for another audience and no key to this door.
 *
 * @throws {Problem} 401, 503
 */
export async function checkAccessToken(
  authorization: string | undefined,
  { issuer, audience, keys }: { issuer: string; audience: string; keys: ProviderKeys },
): Promise<string> {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? "")?.[1];
  if (authorization === undefined) throw new Problem(401, "Unauthorized", "An access token is needed.");
  if (token === undefined) throw refused("The bearer token is not a JWT.");
  try {
    const { payload } = await jwtVerify(token, await keys.get(), {
      issuer,
      audience,
      typ: "at+jwt",
      algorithms: ["RS256"],
      requiredClaims: ["exp", "sub"],
    });
    return String(payload.sub);
  } catch (error) {
    if (error instanceof ProviderUnreachable) throw new Problem(503, "Service Unavailable", error.message);
    throw refused(reasonOf(error));
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return "The token is over.";
  if (error instanceof errors.JWTClaimValidationFailed) return `The token's ${error.claim} is not the right one.`;
  return "The token's signature does not hold.";
}

const refused = (detail: string) => new Problem(401, "Unauthorized", detail, "invalid_token");
