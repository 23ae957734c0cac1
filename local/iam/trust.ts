import { policyAllows } from "./evaluate.ts";
import type { Role } from "./roles.ts";

/** Who stands before a role's door. */
export interface FederatedPrincipal {
  /** ARN of the OpenID Connect provider, or `cognito-identity.amazonaws.com`. */
  federated: string;
  /** The condition keys of the provider: `ISSUER:sub` and its like. */
  context: Record<string, string | string[]>;
}

/**
 * Whether the role's trust policy lets the principal in. The statements that name the provider are judged as an identity
 * policy on the role: the simulator knows no `Federated` principals.
 */
export function trusts(role: Role, { federated, context }: FederatedPrincipal): boolean {
  const Statement = [role.trustPolicy.Statement]
    .flat()
    .filter(({ Principal }) => names(Principal, federated))
    .map(({ Principal: _matched, ...statement }) => ({ ...statement, Resource: role.arn }));
  return policyAllows(
    { Version: role.trustPolicy.Version, Statement },
    {
      action: "sts:AssumeRoleWithWebIdentity",
      resource: role.arn,
      context,
      roleArn: role.arn,
      accountId: role.accountId,
    },
  );
}

/** Policies of tests come as IAM takes them too: one provider, a list of them, or everybody. */
function names(principal: unknown, federated: string): boolean {
  if (principal === "*") return true;
  if (typeof principal !== "object" || principal === null || !("Federated" in principal)) return false;
  return [principal.Federated].flat().some((name) => name === federated || name === "*");
}
