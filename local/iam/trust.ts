import type { PolicyDocument } from "../../src/setup/policy-document.ts";
import { policyAllows } from "./evaluate.ts";
import { identityContext, type WebIdentity } from "./web-identity.ts";

export interface TrustedRole {
  arn: string;
  accountId: string;
  trustPolicy: PolicyDocument;
  provider: { arn: string; prefix: string };
}

/**
 * Whether the role's trust policy lets `identity` in. The statements that name the provider are judged as an identity
 * policy on the role: the simulator knows no `Federated` principals.
 */
export function trusts(role: TrustedRole, identity: WebIdentity): boolean {
  const Statement = role.trustPolicy.Statement.filter(
    ({ Principal }) => typeof Principal === "object" && Principal.Federated === role.provider.arn,
  ).map(({ Principal: _matched, ...statement }) => ({ ...statement, Resource: role.arn }));
  return policyAllows(
    { Version: role.trustPolicy.Version, Statement },
    {
      action: "sts:AssumeRoleWithWebIdentity",
      resource: role.arn,
      context: identityContext(role.provider.prefix, identity),
      roleArn: role.arn,
      accountId: role.accountId,
    },
  );
}
