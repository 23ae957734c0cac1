import { type ProfileLook, profileLook } from "../profile-look.ts";
import type { RenderedSetup } from "../render-setup.ts";
import type { SetupSettings } from "../settings.ts";
import { setupProfile } from "../setup-profile.ts";
import { renderWithUnknowns } from "../unknowns.ts";
import { completed, type Json, withIntrinsics } from "./intrinsics.ts";
import { probeResources } from "./probe-resources.ts";
import { storageResources } from "./storage-resources.ts";

/**
 * A CloudFormation template of all that `renderSetup` says, as JSON that the console takes. Account and region are those
 * where it is applied; the identity pool's id is a reference. Its output `Profile` is the profile's JSON.
 *
 * One parameter: an account has one provider per issuer, so the second stack for it says that it is there.
 *
 * @throws {SettingsError} `setup/identityPoolId` when the pool is there already
 */
export function renderCloudFormation(settings: SetupSettings, look: ProfileLook = profileLook(settings)): string {
  const rendered = renderWithUnknowns(settings, ["account", "region"]);
  const { provider } = rendered;
  const template = {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: "Holdall: each person's own S3 folder and DynamoDB items, by OpenID Connect.",
    ...(provider === null ? {} : providerChoice(provider.url)),
    Resources: {
      ...(provider === null ? {} : providerResource(provider)),
      ...storageResources(rendered),
      Role: roleResource(rendered),
      ...poolResources(rendered),
      ...probeResources(rendered),
    },
    Outputs: {
      Profile: {
        Description: "The profile for Holdall: paste it into the settings of the extension.",
        Value: completed(profileText(rendered.settings, look)),
      },
    },
  };
  return `${JSON.stringify(template, null, 2)}\n`;
}

/** CloudFormation's limit for a description, in bytes, is far above; an issuer has at most 255. */
function providerChoice(issuer: string): Record<string, Json> {
  return {
    Parameters: {
      ProviderExists: {
        Type: "String",
        AllowedValues: ["no", "yes"],
        Default: "no",
        Description: `yes, if IAM in this account already has an identity provider for ${issuer}: add the client id to its audiences.`,
      },
    },
    Conditions: { MakeProvider: { "Fn::Equals": [{ Ref: "ProviderExists" }, "no"] } },
  };
}

function providerResource({ url, clientIds }: NonNullable<RenderedSetup["provider"]>): Record<string, Json> {
  return {
    Provider: {
      Type: "AWS::IAM::OIDCProvider",
      Condition: "MakeProvider",
      Properties: { Url: url, ClientIdList: clientIds },
    },
  };
}

function roleResource({ role, trustPolicy, permissionPolicy }: RenderedSetup): Json {
  return {
    Type: "AWS::IAM::Role",
    Properties: withIntrinsics({
      RoleName: role.name,
      Description: "A person who signed in to Holdall: their own folder and items.",
      MaxSessionDuration: role.maxSessionDuration,
      AssumeRolePolicyDocument: trustPolicy,
      Policies: [{ PolicyName: "own-storage", PolicyDocument: permissionPolicy }],
    }),
  };
}

function poolResources({ identityPool }: RenderedSetup): Record<string, Json> {
  if (identityPool === null) return {};
  return {
    IdentityPool: {
      Type: "AWS::Cognito::IdentityPool",
      Properties: {
        ...(withIntrinsics(identityPool) as { [name: string]: Json }),
        // Cognito wants the provider to be there. No DependsOn: a condition that is false would take the pool with it.
        OpenIdConnectProviderARNs: identityPool.OpenIdConnectProviderARNs.map((arn) => ({
          "Fn::If": ["MakeProvider", { Ref: "Provider" }, completed(arn)],
        })),
      },
    },
    IdentityPoolRoles: {
      Type: "AWS::Cognito::IdentityPoolRoleAttachment",
      Properties: {
        IdentityPoolId: { Ref: "IdentityPool" },
        Roles: { authenticated: { "Fn::GetAtt": ["Role", "Arn"] } },
      },
    },
  };
}

/**
 * ASCII only, since CloudFormation turns other characters into question marks; and without `$`, which it would take for a
 * variable's beginning.
 */
function profileText(settings: SetupSettings, look: ProfileLook): string {
  const text = JSON.stringify(setupProfile(settings, look));
  return text.replace(
    /[$\u007f-\ufdcf\ufdd3-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
