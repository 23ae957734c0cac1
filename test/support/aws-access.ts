import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleWithWebIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { RoleCredentials } from "../../src/shared/credentials.ts";
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

/** AWS clients that use given role credentials, for example those that the extension holds. */
export function accessWith({ aws }: TestWorld, credentials: Omit<RoleCredentials, "expiresAt">): AwsAccess {
  const { profile, endpoints, region } = aws;
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

/** Signs a person in without a browser. */
export async function accessAs(world: TestWorld, person: string): Promise<AwsAccess> {
  const { idToken } = (await world.control("POST", "/issuer/tokens", { person })) as { idToken: string };
  const { region, endpoints, profile } = world.aws;
  const sts = new STSClient({
    region,
    endpoint: endpoints.sts,
    credentials: { accessKeyId: "none", secretAccessKey: "none" },
  });
  const { Credentials } = await sts.send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: roleArnOf(profile),
      RoleSessionName: "test",
      WebIdentityToken: idToken,
    }),
  );
  sts.destroy();
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = Credentials ?? {};
  return accessWith(world, { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken });
}
