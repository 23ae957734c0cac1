import { runUnsafeSimulation } from "@cloud-copilot/iam-simulate";
import type { Authorization } from "../service.ts";

export interface Question extends Authorization {
  roleArn: string;
  accountId: string;
}

/**
 * Whether one identity policy allows an action. Uses the simulator's unchecked entry, since the checked one drops the
 * provider's condition keys.
 *
 * @param policy a policy document as parsed JSON
 */
export function policyAllows(policy: unknown, question: Question): boolean {
  const result = runUnsafeSimulation(
    {
      request: {
        principal: question.roleArn,
        action: question.action,
        resource: { resource: question.resource, accountId: question.accountId },
        contextVariables: presentKeys(question.context),
      },
      identityPolicies: [{ name: "policy", policy }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  return result === "Allowed";
}

/** For IAM a key without values is absent; the simulator would call it present, and `ForAllValues` would hold. */
function presentKeys(context: Record<string, string | string[]>): Record<string, string | string[]> {
  return Object.fromEntries(Object.entries(context).filter(([, value]) => !Array.isArray(value) || value.length > 0));
}
