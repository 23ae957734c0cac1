import { COGNITO, poolId } from "./identity-pool.ts";
import { issuerPrefix, providerArn } from "./issuer.ts";
import type { PolicyDocument } from "./policy-document.ts";
import { PROBE_IDENTITY } from "./probe.ts";
import type { SetupSettings } from "./settings.ts";

/**
 * Subjects that would lie inside another person's area, or that IAM would read as a pattern: `alice/apps` owns keys below
 * `alice/`, `alice#app#x` a partition of alice's, `*` everything. `${*}`, `${?}` and `${$}` are IAM's spellings of those
 * characters themselves. The probe's area is nobody's.
 */
// biome-ignore lint/suspicious/noTemplateCurlyInString: IAM policy variables, not JavaScript's
const REFUSED_SUBJECTS = ["*/*", "*#*", "*${*}*", "*${?}*", "*${$}*", ".", "..", PROBE_IDENTITY];

/** Who may assume the role. */
export function trustPolicy(settings: SetupSettings): PolicyDocument {
  return settings.credentials === "identityPool" ? poolTrust(settings) : webIdentityTrust(settings);
}

/**
 * People whom this pool has authenticated. Identity ids are Cognito's own: no subject can reach into another one's area.
 * (Amazon Cognito, "Role trust and permissions": `aud` and `amr` have to be tested.)
 */
function poolTrust(settings: SetupSettings): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "SignedInPeople",
        Effect: "Allow",
        Principal: { Federated: COGNITO },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: { [`${COGNITO}:aud`]: poolId(settings) },
          "ForAnyValue:StringLike": { [`${COGNITO}:amr`]: "authenticated" },
        },
      },
    ],
  };
}

/**
 * Holders of an ID token of this provider, for this client, with an acceptable subject.
 * Allow-only, so a claim that is missing refuses.
 */
function webIdentityTrust(settings: SetupSettings): PolicyDocument {
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
