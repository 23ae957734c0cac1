import type { Issuer } from "../issuer/issuer.ts";
import { DISCOVERY_MODES, KEYS_MODES, WELL_BEHAVED } from "../issuer/misbehaviour.ts";
import { ControlError, readNumber, readText } from "./fault-request.ts";
import { type Route, readOneOf } from "./routes.ts";

/**
 * What tests may ask of the provider.
 *
 * - `POST /issuer/rotate-keys {forget?}` signs with a new key; with `forget` the old one is not published any more
 * - `POST /issuer/tokens {person? | subject?, clientId?, expiresIn?, claims?}` an ID token without sign-in
 * - `POST /issuer/revoke {person, sessions?}` takes back grants and tokens, with `sessions` the sign-in too; Cognito's
 *   ServerSideTokenCheck then refuses the ID tokens of those grants, STS takes them until they are over
 * - `PUT /issuer/behaviour {discovery?, keys?}` see {@link IssuerBehaviour}; what is not named stays;
 *   `DELETE /issuer/behaviour` as at the start
 */
export function issuerRoutes(
  issuer: Issuer,
  clientId: string,
  subjectOf: (name: string) => string,
): Record<string, Route> {
  const { behaviour } = issuer;
  return {
    "POST /issuer/rotate-keys": (input) => issuer.rotateKeys({ forget: input.forget === true }),
    "POST /issuer/tokens": async (input) => {
      const person = readText(input, "person");
      const subject = readText(input, "subject") ?? (person === null ? null : subjectOf(person));
      if (subject === null) throw new ControlError("person or subject is missing");
      const idToken = await issuer.mint({
        subject,
        audience: readText(input, "clientId") ?? clientId,
        expiresIn: readNumber(input, "expiresIn") ?? 3600,
        claims: typeof input.claims === "object" && input.claims !== null ? { ...input.claims } : {},
      });
      return { idToken };
    },
    "POST /issuer/revoke": async (input) => {
      const person = readText(input, "person");
      if (person === null) throw new ControlError("person is missing");
      return { revoked: await issuer.revoke(subjectOf(person), { sessions: input.sessions === true }) };
    },
    "PUT /issuer/behaviour": (input) => {
      behaviour.discovery = readOneOf(input, "discovery", DISCOVERY_MODES) ?? behaviour.discovery;
      behaviour.keys = readOneOf(input, "keys", KEYS_MODES) ?? behaviour.keys;
      return behaviour;
    },
    "DELETE /issuer/behaviour": () => Object.assign(behaviour, WELL_BEHAVED),
  };
}
