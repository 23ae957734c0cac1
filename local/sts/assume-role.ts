import { createHash } from "node:crypto";
import type { ServerClock } from "../control/server-clock.ts";
import { xmlElement } from "../http/xml.ts";
import type { Roles } from "../iam/roles.ts";
import { trusts } from "../iam/trust.ts";
import { identityContext } from "../iam/web-identity.ts";
import { AwsError } from "../service.ts";
import { readParameters } from "./request-parameters.ts";
import type { Session, Sessions } from "./sessions.ts";
import type { TokenVerifier } from "./verify-token.ts";

export const STS_NAMESPACE = 'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"';

/** What a role may allow at most: for a role that does not exist. */
const MAX_SESSION_SECONDS = 12 * 3600;

export interface AssumeRoleDependencies {
  roles: Roles;
  provider: {
    arn: string;
    /** The issuer without its scheme. */
    prefix: string;
  };
  sessions: Sessions;
  verifyToken: TokenVerifier;
  clock: ServerClock;
}

/**
 * AssumeRoleWithWebIdentity: a verified ID token for role credentials. (STS API reference.)
 *
 * @returns the session and the XML answer
 * @throws {AwsError} STS's own codes
 */
export async function assumeRole(
  { roles, provider, sessions, verifyToken, clock }: AssumeRoleDependencies,
  form: URLSearchParams,
  requestId: string,
): Promise<{ session: Session; xml: string }> {
  const role = roles.find(form.get("RoleArn") ?? "");
  const parameters = readParameters(form, role?.maxSessionSeconds ?? MAX_SESSION_SECONDS);
  const identity = await verifyToken(parameters.token);
  const context = identityContext(provider.prefix, identity);
  if (role === undefined || !trusts(role, { federated: provider.arn, context })) {
    throw new AwsError("AccessDenied", 403, "Not authorized to perform sts:AssumeRoleWithWebIdentity");
  }
  const assumedRoleArn = `arn:aws:sts::${role.accountId}:assumed-role/${role.name}/${parameters.roleSessionName}`;
  const session = await sessions.create({
    // Whole seconds, as the answer says them.
    expiresAt: Math.floor(clock.now() / 1000 + parameters.durationSeconds) * 1000,
    assumedRoleArn,
    roleArn: role.arn,
    identity: identity.subject,
    context,
    sessionPolicy: parameters.policy,
  });
  const AssumeRoleWithWebIdentityResult = {
    SubjectFromWebIdentityToken: identity.subject,
    Audience: identity.audience,
    AssumedRoleUser: {
      Arn: assumedRoleArn,
      AssumedRoleId: `${roleId(role.arn)}:${parameters.roleSessionName}`,
    },
    Credentials: {
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: session.secretAccessKey,
      SessionToken: session.sessionToken,
      Expiration: new Date(session.expiresAt).toISOString().replace(".000Z", "Z"),
    },
    PackedPolicySize: parameters.packedPolicySize ?? undefined,
    Provider: provider.arn,
  };
  const answer = { AssumeRoleWithWebIdentityResult, ResponseMetadata: { RequestId: requestId } };
  return { session, xml: xmlElement("AssumeRoleWithWebIdentityResponse", answer, ` ${STS_NAMESPACE}`) };
}

/** `AROA…`, the same for the same role. */
function roleId(roleArn: string): string {
  return `AROA${createHash("sha256").update(roleArn).digest("hex").toUpperCase().slice(0, 17)}`;
}
