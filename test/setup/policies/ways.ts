import { policyAllows } from "../../../local/iam/evaluate.ts";
import type { Authorization } from "../../../local/service.ts";
import { COGNITO } from "../../../src/setup/identity-pool.ts";
import { issuerPrefix } from "../../../src/setup/issuer.ts";
import { parseSettings } from "../../../src/setup/parse-settings.ts";
import type { PolicyDocument } from "../../../src/setup/policy-document.ts";
import { renderSetup } from "../../../src/setup/render-setup.ts";
import type { SetupSettings } from "../../../src/setup/settings.ts";

/** A way to credentials, and somebody who came by it. */
export interface Way {
  name: string;
  settings: SetupSettings;
  permissionPolicy: PolicyDocument;
  /** Who the person is to IAM, and another one. */
  identity: string;
  other: string;
  /** What IAM knows of the session of an identity. */
  session(identity: string): Record<string, string | string[]>;
}

const POOL = "eu-central-1:11111111-2222-4333-8444-555555555555";
const base = {
  issuer: "https://login.example.com/",
  clientId: "client-1",
  account: "111122223333",
  bucket: "files-example",
  table: "items",
};

export const WEB_IDENTITY = way("web identity", parseSettings(base), "auth0|alice", "auth0|bob");
export const IDENTITY_POOL = way(
  "identity pool",
  parseSettings({ ...base, credentials: "identityPool", identityPoolId: POOL }),
  "eu-central-1:aaaaaaaa-1111-4111-8111-111111111111",
  "eu-central-1:bbbbbbbb-2222-4222-8222-222222222222",
);
export const WAYS = [WEB_IDENTITY, IDENTITY_POOL];

function way(name: string, settings: SetupSettings, identity: string, other: string): Way {
  const pooled = settings.credentials === "identityPool";
  const prefix = pooled ? COGNITO : issuerPrefix(settings.issuer);
  return {
    name,
    settings,
    permissionPolicy: renderSetup(settings).permissionPolicy,
    identity,
    other,
    session: (who) => ({
      [`${prefix}:sub`]: who,
      [`${prefix}:aud`]: pooled ? POOL : settings.clientId,
      [`${prefix}:amr`]: pooled ? ["authenticated"] : ["pwd"],
    }),
  };
}

/** Whether the rendered policy lets a session of `identity` through. */
export function allows(
  { permissionPolicy, settings, session }: Way,
  identity: string,
  question: Authorization,
): boolean {
  return policyAllows(permissionPolicy, {
    ...question,
    context: { ...question.context, ...session(identity) },
    roleArn: renderSetup(settings).role.arn,
    accountId: settings.account,
  });
}
