import { SignJWT } from "jose";
import type { SigningKeys } from "./signing-keys.ts";

export interface TokenWishes {
  subject: string;
  audience: string;
  /** Seconds from now; negative for a token that is over. */
  expiresIn: number;
  /** Added to the token, or in place of its own claims; null takes a claim out. */
  claims: Record<string, unknown>;
}

/** An ID token signed with the provider's current key, without any sign-in: for tests that need odd subjects or claims. */
export async function mintToken(issuer: string, keys: SigningKeys, wishes: TokenWishes): Promise<string> {
  const { kid, key } = await keys.current();
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: issuer,
    sub: wishes.subject,
    aud: wishes.audience,
    iat: Math.min(now, now + wishes.expiresIn - 1),
    exp: now + wishes.expiresIn,
    amr: ["pwd"],
    ...wishes.claims,
  };
  const wanted = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null));
  return new SignJWT(wanted).setProtectedHeader({ alg: "RS256", kid, typ: "JWT" }).sign(key);
}
