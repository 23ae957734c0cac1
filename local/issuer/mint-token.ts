import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { GRANT_CLAIM, type IssuerStore } from "./issuer-store.ts";
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
export async function mintToken(
  issuer: string,
  { keys, store }: { keys: SigningKeys; store: IssuerStore },
  wishes: TokenWishes,
): Promise<string> {
  const { kid, key } = await keys.current();
  const now = Math.floor(Date.now() / 1000);
  const grantId = randomUUID();
  if (wishes.expiresIn > 0) await store.addGrant(grantId, wishes.subject, wishes.expiresIn);
  const claims = {
    iss: issuer,
    sub: wishes.subject,
    aud: wishes.audience,
    iat: Math.min(now, now + wishes.expiresIn - 1),
    exp: now + wishes.expiresIn,
    amr: ["pwd"],
    [GRANT_CLAIM]: grantId,
    ...wishes.claims,
  };
  const wanted = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null));
  return new SignJWT(wanted).setProtectedHeader({ alg: "RS256", kid, typ: "JWT" }).sign(key);
}
