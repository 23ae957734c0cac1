import { type BucketSettings, bucketSettings } from "./bucket-settings.ts";
import { type IdentityPoolSettings, identityPoolSettings, isUserPool } from "./identity-pool.ts";
import { providerArn, roleArn } from "./issuer.ts";
import { permissionPolicy } from "./permission-policy.ts";
import type { PolicyDocument } from "./policy-document.ts";
import type { SetupSettings } from "./settings.ts";
import { type TableSettings, tableSettings } from "./table-settings.ts";
import { trustPolicy } from "./trust-policy.ts";

/** IAM's smallest maximum for a role; sessions are made shorter by `DurationSeconds`. (IAM API, `CreateRole`.) */
const ROLE_MAX_SESSION_SECONDS = 3600;

/** All that an administrator creates, in AWS's own shapes; plain JSON. */
export interface RenderedSetup {
  settings: SetupSettings;
  /** Null where an identity pool knows the issuer without one. */
  provider: { arn: string; url: string; clientIds: string[] } | null;
  /** Null for web identity. */
  identityPool: IdentityPoolSettings | null;
  role: { arn: string; name: string; maxSessionDuration: number };
  trustPolicy: PolicyDocument;
  permissionPolicy: PolicyDocument;
  bucket: BucketSettings;
  table: TableSettings;
}

/** Everything that follows from `settings`: the provider, the role with its two policies, the bucket and the table. */
export function renderSetup(settings: SetupSettings): RenderedSetup {
  const identityPool = identityPoolSettings(settings);
  return {
    settings,
    provider:
      identityPool !== null && isUserPool(settings.issuer)
        ? null
        : { arn: providerArn(settings), url: settings.issuer, clientIds: [settings.clientId] },
    identityPool,
    role: { arn: roleArn(settings), name: settings.options.roleName, maxSessionDuration: ROLE_MAX_SESSION_SECONDS },
    trustPolicy: trustPolicy(settings),
    permissionPolicy: permissionPolicy(settings),
    bucket: bucketSettings(settings),
    table: tableSettings(settings),
  };
}
