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
        resource: { resource: literal(question.resource), accountId: question.accountId },
        contextVariables: presentKeys(question.context),
      },
      identityPolicies: [{ name: "policy", policy: spelledOnce(policy) }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  return result === "Allowed";
}

/**
 * The simulator takes a star in the request's resource for a wildcard of its own, and its `*` and `?` stand for no line end:
 * an object named `*` was everybody's, and a line end led past the trust policy's guard. So these characters go by private
 * names, in the question and in the policy alike.
 */
const privateStar = "\uf8e0";
const privateEnds: Record<string, string> = {
  "\n": "\uf8e1",
  "\r": "\uf8e2",
  "\u2028": "\uf8e3",
  "\u2029": "\uf8e4",
};

const withoutEnds = (text: string) => text.replace(/[\n\r\u2028\u2029]/g, (end) => privateEnds[end] ?? end);

/** `*` alone is the resource of actions that have none. */
const literal = (resource: string) =>
  resource === "*" ? resource : withoutEnds(resource).replaceAll("*", privateStar);

const spelledPolicies = new WeakMap<object, unknown>();

/** Policies are never changed once they are read. */
function spelledOnce(policy: unknown): unknown {
  if (typeof policy !== "object" || policy === null) return spelled(policy);
  const known = spelledPolicies.get(policy) ?? spelled(policy);
  spelledPolicies.set(policy, known);
  return known;
}

/** A policy in these names. In a resource a star that is spelled out, `${*}`, is a star of the request. */
function spelled(value: unknown, name = ""): unknown {
  if (typeof value === "string") {
    const text = withoutEnds(value);
    return /^(?:Not)?Resource$/.test(name) ? text.replace(/\$\{\*\}/g, privateStar) : text;
  }
  if (Array.isArray(value)) return value.map((one) => spelled(one, name));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, spelled(one, key)]));
}

/** For IAM a key without values is absent; the simulator would call it present, and `ForAllValues` would hold. */
function presentKeys(context: Record<string, string | string[]>): Record<string, string | string[]> {
  const present = Object.entries(context).filter(([, value]) => !Array.isArray(value) || value.length > 0);
  return Object.fromEntries(
    present.map(([key, value]) => [key, Array.isArray(value) ? value.map(withoutEnds) : withoutEnds(value)]),
  );
}
