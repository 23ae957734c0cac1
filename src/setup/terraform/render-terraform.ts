import { isAnyAccount } from "../parse-settings.ts";
import { type ProfileLook, profileLook } from "../profile-look.ts";
import type { RenderedSetup } from "../render-setup.ts";
import type { SetupSettings } from "../settings.ts";
import { setupProfile } from "../setup-profile.ts";
import { renderWithUnknowns } from "../unknowns.ts";
import { type Block, block, expression, hclFile, jsonencode } from "./hcl.ts";
import { probeBlocks, storageBlocks } from "./storage-blocks.ts";

const PROVIDER = "aws_iam_openid_connect_provider.people";

/**
 * One `main.tf` of all that `renderSetup` says. The account is the one whose credentials Terraform has; where the settings
 * name one, no other is accepted. The output `profile` is the profile's JSON.
 *
 * @throws {SettingsError} `setup/identityPoolId` when the pool is there already
 */
export function renderTerraform(settings: SetupSettings, look: ProfileLook = profileLook(settings)): string {
  const rendered = renderWithUnknowns(settings, ["account"]);
  return hclFile([
    ...preamble(settings),
    ...providerBlocks(rendered),
    ...storageBlocks(rendered),
    ...roleBlocks(rendered),
    ...poolBlocks(rendered),
    ...probeBlocks(rendered),
    block(
      "output",
      ["profile"],
      [
        ["description", "The profile for Holdall: paste it into the settings of the extension."],
        ["value", jsonencode(setupProfile(rendered.settings, look))],
      ],
    ),
  ]);
}

function preamble(settings: SetupSettings): Block[] {
  return [
    block(
      "terraform",
      [],
      [
        ["required_version", ">= 1.5"],
        // `terraform validate` was run with this one. Long before, the provider asked for a thumbprint that IAM finds by itself.
        block("required_providers", [], [["aws", { source: "hashicorp/aws", version: ">= 5.100" }]]),
      ],
    ),
    block(
      "provider",
      ["aws"],
      [
        ["region", settings.region],
        ...(isAnyAccount(settings) ? [] : ([["allowed_account_ids", [settings.account]]] satisfies Block["body"])),
      ],
    ),
    block("data", ["aws_caller_identity", "current"], []),
    block("locals", [], [["account", expression("data.aws_caller_identity.current.account_id")]]),
  ];
}

function providerBlocks({ provider }: RenderedSetup): Block[] {
  if (provider === null) return [];
  return [
    block(
      "variable",
      ["provider_exists"],
      [
        ["type", expression("bool")],
        ["default", false],
        [
          "description",
          `true, if IAM in this account already has an identity provider for ${provider.url}: add the client id to its audiences.`,
        ],
      ],
    ),
    block("resource", PROVIDER.split("."), [
      ["count", expression("var.provider_exists ? 0 : 1")],
      ["url", provider.url],
      ["client_id_list", provider.clientIds],
    ]),
  ];
}

function roleBlocks({ role, trustPolicy, permissionPolicy }: RenderedSetup): Block[] {
  return [
    block(
      "resource",
      ["aws_iam_role", "person"],
      [
        ["name", role.name],
        ["description", "A person who signed in to Holdall: their own folder and items."],
        ["max_session_duration", role.maxSessionDuration],
        ["assume_role_policy", jsonencode(trustPolicy)],
      ],
    ),
    block(
      "resource",
      ["aws_iam_role_policy", "person"],
      [
        ["name", "own-storage"],
        ["role", expression("aws_iam_role.person.id")],
        ["policy", jsonencode(permissionPolicy)],
      ],
    ),
  ];
}

function poolBlocks({ identityPool }: RenderedSetup): Block[] {
  if (identityPool === null) return [];
  const { OpenIdConnectProviderARNs: arns, CognitoIdentityProviders } = identityPool;
  return [
    block(
      "resource",
      ["aws_cognito_identity_pool", "people"],
      [
        ["identity_pool_name", identityPool.IdentityPoolName],
        ["allow_unauthenticated_identities", identityPool.AllowUnauthenticatedIdentities],
        ["allow_classic_flow", identityPool.AllowClassicFlow],
        ["openid_connect_provider_arns", arns],
        ...(arns.length > 0 ? ([["depends_on", [expression(PROVIDER)]]] satisfies Block["body"]) : []),
        ...CognitoIdentityProviders.map(({ ProviderName, ClientId, ServerSideTokenCheck }) =>
          block(
            "cognito_identity_providers",
            [],
            [
              ["provider_name", ProviderName],
              ["client_id", ClientId],
              ["server_side_token_check", ServerSideTokenCheck],
            ],
          ),
        ),
      ],
    ),
    block(
      "resource",
      ["aws_cognito_identity_pool_roles_attachment", "people"],
      [
        ["identity_pool_id", expression("aws_cognito_identity_pool.people.id")],
        ["roles", { authenticated: expression("aws_iam_role.person.arn") }],
      ],
    ),
  ];
}
