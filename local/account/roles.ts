import type { PolicyDocument, PolicyStatement } from "../../src/setup/policy-document.ts";
import type { RenderedSetup } from "../../src/setup/render-setup.ts";
import type { Role } from "../iam/roles.ts";
import type { AccountSetups } from "./setups.ts";

/** The roles of the local account, by what they are for. */
export interface AccountRoles {
  /** What setup makes: everything that is the person's own. */
  person: Role;
  /** The same without writing. */
  reader: Role;
  /** Trusts one person only: to all others IAM refuses it, though the directory may offer it. */
  auditor: Role;
  /** What setup makes for the identity pool. */
  pool: Role;
}

/**
 * @param setups what setup rendered for each way to credentials
 * @param auditor the subject that the auditor's role trusts
 */
export function accountRoles(setups: AccountSetups, auditor: string): AccountRoles {
  const person = roleOf(setups.webIdentity);
  const { issuer, account, options } = setups.webIdentity.settings;
  const named = (name: string) => ({ ...person, name, arn: `arn:${options.partition}:iam::${account}:role/${name}` });
  const permissionPolicy = readsOf(person.permissionPolicy);
  return {
    person,
    reader: { ...named("holdall-reader"), permissionPolicy },
    auditor: {
      ...named("holdall-auditor"),
      permissionPolicy,
      trustPolicy: onlyFor(person.trustPolicy, issuer, auditor),
    },
    pool: roleOf(setups.pool),
  };
}

function roleOf({ role, settings, trustPolicy, permissionPolicy }: RenderedSetup): Role {
  return {
    arn: role.arn,
    name: role.name,
    accountId: settings.account,
    maxSessionSeconds: role.maxSessionDuration,
    trustPolicy,
    permissionPolicy,
  };
}

const READ = /^(?:dynamodb:(?:GetItem|BatchGetItem|Query)|s3:(?:Get|List)\w+|kms:Decrypt)$/;

function readsOf(policy: PolicyDocument): PolicyDocument {
  const Statement = policy.Statement.map((statement): PolicyStatement => {
    const Action = [statement.Action].flat().filter((action) => READ.test(action));
    return { ...statement, Action };
  });
  return { ...policy, Statement };
}

function onlyFor(policy: PolicyDocument, issuer: string, subject: string): PolicyDocument {
  const key = `${issuer.replace(/^https?:\/\//, "")}:sub`;
  const Statement = policy.Statement.map((statement): PolicyStatement => {
    const { StringEquals, ...others } = statement.Condition ?? {};
    return { ...statement, Condition: { ...others, StringEquals: { ...StringEquals, [key]: subject } } };
  });
  return { ...policy, Statement };
}
