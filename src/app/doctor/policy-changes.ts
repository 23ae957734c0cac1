import { t } from "../../platform/i18n.ts";
import { issuerPrefix, providerArn } from "../../setup/issuer.ts";
import { permissionPolicy } from "../../setup/permission-policy.ts";
import type { SetupSettings } from "../../setup/settings.ts";
import { trustPolicy } from "../../setup/trust-policy.ts";
import { type Change, changeOf, jsonChange } from "../checks/change.ts";

/**
 * The statement of setup's permission policy that allows an action; null when none does.
 * @param action of IAM, such as `s3:ListBucket`
 */
export function statementChange(settings: SetupSettings, action: string): Change | null {
  const statement = permissionPolicy(settings).Statement.find(({ Action }) => [Action].flat().includes(action));
  if (statement === undefined) return null;
  const where = t("doctor_in_permission_policy", settings.options.roleName, statement.Sid);
  return jsonChange(where, statement, [`"${action}"`, '"Resource"', ":sub}"]);
}

/** The whole trust policy: it is one statement, and any line of it may be what refuses. */
export function trustChange(settings: SetupSettings): Change {
  const pool = settings.credentials === "identityPool";
  const audience = pool ? (settings.options.identityPoolId ?? "") : settings.clientId;
  const where = t("doctor_in_trust_policy", settings.options.roleName);
  return jsonChange(where, trustPolicy(settings), ['"Federated"', `:aud": "${audience}"`]);
}

/** The provider that AWS has to know, as a command. (AWS CLI, `iam create-open-id-connect-provider`.) */
export function providerChange({ issuer, clientId }: SetupSettings): Change {
  const command = `aws iam create-open-id-connect-provider --url ${issuer} --client-id-list ${clientId}`;
  return changeOf(t("doctor_in_shell"), command, [issuer]);
}

/** One more audience for the provider that AWS knows. */
export function audienceChange(settings: SetupSettings): Change {
  const arn = providerArn(settings);
  const command = `aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn ${arn} --client-id ${settings.clientId}`;
  return changeOf(t("doctor_in_shell"), command, [issuerPrefix(settings.issuer)]);
}
