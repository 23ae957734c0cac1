import type { PolicyDocument } from "../../src/setup/policy-document.ts";
import { type RenderedSetup, renderSetup } from "../../src/setup/render-setup.ts";
import { IDENTITY_POOL_ID, localSettings, poolSettings } from "../config.ts";

/** What setup renders for each way to credentials. */
export interface AccountSetups {
  webIdentity: RenderedSetup;
  pool: RenderedSetup;
}

export function accountSetups(issuer: string): AccountSetups {
  return { webIdentity: renderSetup(localSettings(issuer)), pool: poolSetup(issuer) };
}

/** Until setup itself renders pools. */
function poolSetup(issuer: string): RenderedSetup {
  const rendered = renderSetup(poolSettings(issuer));
  const subject = `${issuer.replace(/^https?:\/\//, "")}:sub`;
  const permissionPolicy = JSON.parse(
    JSON.stringify(rendered.permissionPolicy).replaceAll(subject, "cognito-identity.amazonaws.com:sub"),
  ) as PolicyDocument;
  const trustPolicy: PolicyDocument = {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "SignedInPeople",
        Effect: "Allow",
        Principal: { Federated: "cognito-identity.amazonaws.com" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: { "cognito-identity.amazonaws.com:aud": IDENTITY_POOL_ID },
          "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" },
        },
      },
    ],
  };
  return { ...rendered, permissionPolicy, trustPolicy };
}
