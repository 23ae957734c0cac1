import type { PolicyDocument } from "../../src/setup/policy-document.ts";
import type { PolicyKind, Roles } from "../iam/roles.ts";
import { ControlError, type JsonObject, readText } from "./fault-request.ts";
import type { Route } from "./routes.ts";

/**
 * What tests may change of IAM; it counts from the next request on, sessions that are under way included.
 *
 * - `GET /iam/roles` the roles as they are, in IAM's own shapes
 * - `PUT /iam/permission-policy {role, policy}` the role by its name, the policy as JSON; `DELETE … {role}` restores it
 * - `PUT /iam/trust-policy {role, policy}`; `DELETE … {role}`
 * - `DELETE /iam` restores all
 */
export function iamRoutes(roles: Roles): Record<string, Route> {
  const routes = (path: string, kind: PolicyKind): Record<string, Route> => ({
    [`PUT ${path}`]: (input) => set(roles, input, kind, readPolicy(input)),
    [`DELETE ${path}`]: (input) => set(roles, input, kind, null),
  });
  return {
    "GET /iam/roles": () => roles.list(),
    ...routes("/iam/permission-policy", "permissionPolicy"),
    ...routes("/iam/trust-policy", "trustPolicy"),
    "DELETE /iam": () => roles.restore(),
  };
}

function set(roles: Roles, input: JsonObject, kind: PolicyKind, policy: PolicyDocument | null): void {
  const name = readText(input, "role");
  if (name === null) throw new ControlError("role is missing");
  if (!roles.setPolicy(name, kind, policy)) throw new ControlError(`There is no role ${name}`);
}

/** No more is checked than that it is a policy: broken ones are what this is for. */
function readPolicy({ policy }: JsonObject): PolicyDocument {
  if (typeof policy === "object" && policy !== null && "Statement" in policy) return policy as PolicyDocument;
  throw new ControlError("policy is a policy document as JSON, with a Statement");
}
