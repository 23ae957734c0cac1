import { issuerPrefix, providerArn } from "./issuer.ts";
import type { PolicyDocument } from "./policy-document.ts";
import type { SetupSettings } from "./settings.ts";

/**
 * Subjects that would lie inside another person's area, or that IAM would read as a pattern: `alice/apps` owns keys below
 * `alice/`, `alice#app#x` a partition of alice's, `*` everything. `${*}`, `${?}` and `${$}` are IAM's spellings of those
 * characters themselves.
 */
// biome-ignore lint/suspicious/noTemplateCurlyInString: IAM policy variables, not JavaScript's
const REFUSED_SUBJECTS = ["*/*", "*#*", "*${*}*", "*${?}*", "*${$}*", ".", ".."];

/**
 * Who may assume the role: holders of an ID token of this provider, for this client, with an acceptable subject.
 * Allow-only, so a claim that is missing refuses.
 */
export function trustPolicy(settings: SetupSettings): PolicyDocument {
  const prefix = issuerPrefix(settings.issuer);
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "SignedInPeople",
        Effect: "Allow",
        Principal: { Federated: providerArn(settings) },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: { [`${prefix}:aud`]: settings.clientId },
          Null: { [`${prefix}:sub`]: "false" },
          StringNotLike: { [`${prefix}:sub`]: REFUSED_SUBJECTS },
        },
      },
    ],
  };
}
