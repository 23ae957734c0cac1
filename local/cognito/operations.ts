import { COGNITO } from "../../src/setup/identity-pool.ts";
import type { ServerClock } from "../control/server-clock.ts";
import type { Roles } from "../iam/roles.ts";
import { trusts } from "../iam/trust.ts";
import type { Sessions } from "../sts/sessions.ts";
import { cognitoError, notAuthorized } from "./errors.ts";
import type { Identities } from "./identities.ts";
import type { IdentityPool } from "./identity-pool.ts";
import { type CognitoInput, required } from "./read-input.ts";
import type { LoginVerifier } from "./verify-login.ts";

export interface CognitoDependencies {
  pool: IdentityPool;
  identities: Identities;
  verifyLogin: LoginVerifier;
  roles: Roles;
  sessions: Sessions;
  clock: ServerClock;
}

/** An answer's JSON, and whose it is for the log. */
export interface CognitoResult {
  identity: string;
  json: object;
}

/** The enhanced flow always makes sessions of one hour, and of this name. */
const SESSION_SECONDS = 3600;
const SESSION_NAME = "CognitoIdentityCredentials";

const OPERATIONS: Record<string, (parts: CognitoDependencies, input: CognitoInput) => Promise<CognitoResult>> = {
  GetId: getId,
  GetCredentialsForIdentity: getCredentials,
  GetOpenIdToken: async () => {
    throw cognitoError("InvalidParameterException", "Basic (classic) flow is not enabled, please use enhanced flow.");
  },
};

/** The operation that `X-Amz-Target` names, or undefined for one that is not known here. */
export function operationOf(target: string | string[] | undefined): string | undefined {
  const name = /^AWSCognitoIdentityService\.(\w+)$/.exec(String(target))?.[1];
  return name !== undefined && Object.hasOwn(OPERATIONS, name) ? name : undefined;
}

/** @throws {AwsError} Cognito's own codes */
export async function runOperation(
  name: string | undefined,
  parts: CognitoDependencies,
  input: CognitoInput,
): Promise<CognitoResult> {
  const run = name === undefined ? undefined : OPERATIONS[name];
  if (run === undefined) throw cognitoError("UnknownOperationException", "");
  return run(parts, input);
}

/** The identity id of a login; the same login has the same. */
async function getId({ pool, identities, verifyLogin }: CognitoDependencies, input: CognitoInput) {
  const poolId = required(input, "IdentityPoolId");
  if (poolId !== pool.id) throw cognitoError("ResourceNotFoundException", `IdentityPool '${poolId}' not found.`);
  const IdentityId = await identities.idOf(await verifyLogin(input.Logins));
  return { identity: IdentityId, json: { IdentityId } };
}

/**
 * Credentials of the pool's authenticated role, for the owner of an identity. The identity id of the answer is the one that
 * counts: after a merge it is another than was asked for.
 */
async function getCredentials(parts: CognitoDependencies, input: CognitoInput) {
  const { pool, identities, verifyLogin, roles, sessions, clock } = parts;
  const asked = required(input, "IdentityId");
  if (!identities.exists(asked)) throw cognitoError("ResourceNotFoundException", `Identity '${asked}' not found.`);
  // An identity that has logins is forbidden to who brings none; the pool's setting is not even looked at.
  if (Object.keys(input.Logins).length === 0) throw notAuthorized(`Access to Identity '${asked}' is forbidden.`);
  const login = await verifyLogin(input.Logins);
  if (!identities.belongsTo(asked, login)) {
    throw notAuthorized(
      "Logins don't match. Please include at least one valid login for this identity or identity pool.",
    );
  }
  // Only pools with role mapping know others than the authenticated role.
  if (input.CustomRoleArn !== null && input.CustomRoleArn !== pool.roleArn) {
    throw cognitoError("InvalidParameterException", "The role is not one that the token or a mapping allows.");
  }
  const IdentityId = identities.survivorOf(asked);
  const role = roles.find(pool.roleArn);
  const context = {
    [`${COGNITO}:aud`]: pool.id,
    [`${COGNITO}:sub`]: IdentityId,
    [`${COGNITO}:amr`]: [
      "authenticated",
      login.provider,
      `${login.provider}:${pool.provider.clientIds[0]}:${login.subject}`,
    ],
  };
  if (role === undefined || !trusts(role, { federated: COGNITO, context })) {
    throw cognitoError(
      "InvalidIdentityPoolConfigurationException",
      "Invalid identity pool configuration. Check assigned IAM roles for this pool.",
    );
  }
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = await sessions.create({
    expiresAt: Math.floor(clock.now() / 1000 + SESSION_SECONDS) * 1000,
    assumedRoleArn: `arn:aws:sts::${role.accountId}:assumed-role/${role.name}/${SESSION_NAME}`,
    roleArn: role.arn,
    identity: IdentityId,
    context,
    sessionPolicy: null,
  });
  const Credentials = {
    AccessKeyId: accessKeyId,
    SecretKey: secretAccessKey,
    SessionToken: sessionToken,
    // JSON 1.1 writes times as seconds, with a fraction that is zero here.
    Expiration: expiresAt / 1000,
  };
  return { identity: IdentityId, json: { Credentials, IdentityId } };
}
