import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleWithWebIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { RoleCredentials } from "../../src/shared/credentials.ts";
import type { Profile } from "../../src/shared/profile.ts";
import { CognitoClient } from "./cognito-client.ts";
import { roleArnOf } from "./role-arn.ts";
import type { TestWorld } from "./test-world.ts";

/** Direct access to the local AWS, with somebody's own rights: what the extension wrote is looked at from outside. */
export interface AwsAccess {
  s3: S3Client;
  dynamodb: DynamoDBClient;
  bucket: string;
  table: string;
  close(): void;
}

/**
 * AWS clients that use given role credentials, for example those that the extension holds.
 *
 * @param profile whose bucket and table; the world's first unless given
 */
export function accessWith(
  { aws }: Pick<TestWorld, "aws">,
  credentials: Omit<RoleCredentials, "expiresAt">,
  profile: Profile = aws.profile,
): AwsAccess {
  const { endpoints, region } = aws;
  const s3 = new S3Client({ region, credentials, endpoint: endpoints.s3, forcePathStyle: true, maxAttempts: 1 });
  const dynamodb = new DynamoDBClient({ region, credentials, endpoint: endpoints.dynamodb, maxAttempts: 1 });
  return {
    s3,
    dynamodb,
    bucket: profile.bucket.name,
    table: profile.table.name,
    close: () => {
      s3.destroy();
      dynamodb.destroy();
    },
  };
}

/** Signs a person in without a browser, by the profile's fixed role or by its identity pool; the first profile unless given. */
export async function accessAs(
  world: Pick<TestWorld, "aws" | "control">,
  person: string,
  profile: Profile = world.aws.profile,
  sessionPolicy?: string,
): Promise<AwsAccess & { identity: string }> {
  const { idToken } = (await world.control("POST", "/issuer/tokens", { person })) as { idToken: string };
  const { region, endpoints } = world.aws;
  if (profile.credentials.kind === "identityPool") {
    const { identity, credentials } = await new CognitoClient(world.aws).signIn(idToken);
    return { ...accessWith(world, credentials, profile), identity };
  }
  const sts = new STSClient({
    region,
    endpoint: endpoints.sts,
    credentials: { accessKeyId: "none", secretAccessKey: "none" },
  });
  const { Credentials, SubjectFromWebIdentityToken = "" } = await sts.send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: roleArnOf(profile),
      RoleSessionName: "test",
      WebIdentityToken: idToken,
      ...(sessionPolicy !== undefined && { Policy: sessionPolicy }),
    }),
  );
  sts.destroy();
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = Credentials ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return { ...accessWith(world, credentials, profile), identity: SubjectFromWebIdentityToken };
}
