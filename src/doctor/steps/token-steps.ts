import { HoldallError } from "../../shared/holdall-error.ts";
import type { DoctorWorld } from "../doctor-world.ts";
import type { Step } from "../step.ts";
import { type Claims, readToken } from "./read-token.ts";

/** Characters. (STS API, AssumeRoleWithWebIdentity: `WebIdentityToken`.) */
const longestToken = 20_000;
/** Milliseconds for which AWS takes a token after its end. (IAM User Guide.) */
const grace = 300_000;
/** Shown with their values: they decide, and are no secret. Of all others only the names are. */
const shown = ["iss", "aud", "azp", "sub", "amr", "iat", "exp"];

export const tokenSteps: Step<DoctorWorld>[] = [
  {
    id: "sign-in",
    async run({ deps }) {
      if (deps.identity === null) return { state: "skipped", facts: { because: "sign-in" } };
      return { facts: { identity: deps.identity.id } };
    },
  },
  {
    id: "token",
    needs: ["sign-in"],
    after: ["keys", "clock"],
    async run(world) {
      const { deps, profile, keys, clockOffset } = world;
      const now = () => deps.now() + clockOffset;
      let token = await deps.idToken();
      let read = token === null ? null : readToken(token);
      if (read === null || Number(read.claims.exp) * 1000 + grace < now()) {
        await deps.renew();
        token = await deps.idToken();
        read = token === null ? null : readToken(token);
      }
      if (token === null) throw new HoldallError("session-ended");
      if (read === null) throw new HoldallError("id-token-malformed");
      const { claims, header } = read;
      const facts = factsOf(claims, header.kid);
      const error = judgeClaims(claims, profile, now()) ?? judgeKey(header.kid, keys);
      if (error !== null) return { state: "failed", facts, error: { code: error.code, facts: error.facts } };
      if (token.length > longestToken) {
        throw new HoldallError("token-refused", {
          subs: [`${token.length} > ${longestToken} characters`],
          service: "sts",
        });
      }
      return { facts };
    },
  },
];

function judgeClaims(claims: Claims, profile: { issuer: string; clientId: string }, now: number): HoldallError | null {
  const audiences = Array.isArray(claims.aud) ? claims.aud : [claims.aud];
  if (claims.iss !== profile.issuer) return new HoldallError("id-token-issuer");
  // AWS reads azp before aud.
  if (!audiences.includes(profile.clientId) || (claims.azp ?? profile.clientId) !== profile.clientId) {
    return new HoldallError("id-token-audience");
  }
  if (typeof claims.sub !== "string" || claims.sub === "") return new HoldallError("id-token-subject");
  // The trust policy refuses the same: src/setup/trust-policy.ts.
  if (/[/*?$#]/.test(claims.sub) || claims.sub === "." || claims.sub === "..") {
    return new HoldallError("identity-refused", { subs: [claims.sub] });
  }
  const soon = Number(claims.iat) * 1000 > now + grace;
  if (soon || !(Number(claims.exp) * 1000 + grace > now)) return new HoldallError("id-token-expired");
  return null;
}

function judgeKey(kid: unknown, keys: { kid: string | null }[]): HoldallError | null {
  // Without the keys that step has failed already; without a key id there is nothing to look for.
  if (keys.length === 0 || typeof kid !== "string") return null;
  return keys.some((key) => key.kid === kid) ? null : new HoldallError("id-token-signature");
}

function factsOf(claims: Claims, kid: unknown): Record<string, string> {
  const facts: Record<string, string> = {};
  for (const name of shown) {
    if (claims[name] !== undefined) facts[name] = textOf(name, claims[name]);
  }
  const others = Object.keys(claims).filter((name) => !shown.includes(name));
  return {
    ...facts,
    ...(typeof kid === "string" && { keyId: kid }),
    ...(others.length > 0 && { others: others.join(", ") }),
  };
}

function textOf(name: string, value: unknown): string {
  if ((name === "iat" || name === "exp") && typeof value === "number" && Math.abs(value) < 8e12) {
    return new Date(value * 1000).toISOString();
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}
