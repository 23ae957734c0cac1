import type { Identities } from "../cognito/identities.ts";
import type { IdentityPool } from "../cognito/identity-pool.ts";
import { ControlError, readText } from "./fault-request.ts";
import type { Route } from "./routes.ts";

/**
 * What tests may change of the identity pool.
 *
 * - `POST /cognito/merge {person}` from now on GetCredentialsForIdentity answers with another identity id than GetId told:
 *   `{asked, answered}`; `DELETE /cognito/merge` ends all merges
 * - `PUT /cognito/server-side-token-check {enabled}` on unless switched off
 */
export function cognitoRoutes(
  pool: IdentityPool,
  identities: Identities,
  subjectOf: (name: string) => string,
): Record<string, Route> {
  return {
    "POST /cognito/merge": async (input) => {
      const person = readText(input, "person");
      if (person === null) throw new ControlError("person is missing");
      const login = { provider: pool.provider.name, subject: subjectOf(person) };
      return { asked: await identities.idOf(login), answered: await identities.merge(login) };
    },
    "DELETE /cognito/merge": () => identities.unmerge(),
    "PUT /cognito/server-side-token-check": (input) => {
      if (typeof input.enabled !== "boolean") throw new ControlError("enabled is true or false");
      pool.serverSideTokenCheck = input.enabled;
    },
  };
}
