import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleWithWebIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { LocalAwsOptions } from "../../../local/config.ts";
import { type LocalAws, startLocalAws } from "../../../local/start-local-aws.ts";
import { roleArnOf } from "../../support/role-arn.ts";

export interface RoleCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

/** A local AWS in a temporary folder, and the ways a test talks to it: the AWS SDK with nothing special but endpoints. */
export interface TestAws extends LocalAws {
  dataDir: string;
  bucket: string;
  table: string;
  region: string;
  /** Asks the control server. */
  control(method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: object): Promise<unknown>;
  /** An ID token without sign-in. */
  idToken(wishes: {
    person?: string;
    subject?: string;
    clientId?: string;
    expiresIn?: number;
    claims?: object;
  }): Promise<string>;
  assumeRole(
    token: string,
    options?: { Policy?: string; DurationSeconds?: number; RoleArn?: string },
  ): Promise<RoleCredentials>;
  /** Role credentials of alice or bob. */
  credentialsOf(person: string, options?: { Policy?: string }): Promise<RoleCredentials>;
  s3(credentials: RoleCredentials, region?: string): S3Client;
  dynamodb(credentials: RoleCredentials, region?: string): DynamoDBClient;
  /** Closes everything and removes the folder. */
  dispose(): Promise<void>;
}

export async function startTestAws(options: Partial<LocalAwsOptions> = {}): Promise<TestAws> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), "holdall-local-")));
  const aws = await startLocalAws({ ...options, dataDir });
  const { info } = aws;
  const { region, profile } = info;
  // One attempt: a test sees the error that the server gave.
  const common = { maxAttempts: 1 };
  const sts = new STSClient({ ...common, region, endpoint: info.endpoints.sts });

  const control: TestAws["control"] = async (method, path, body) => {
    const answer = await fetch(`${info.control}${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
    const json: unknown = await answer.json();
    if (!answer.ok) throw new Error(JSON.stringify(json));
    return json;
  };
  const idToken: TestAws["idToken"] = async (wishes) => {
    const answer = (await control("POST", "/issuer/tokens", wishes)) as { idToken: string };
    return answer.idToken;
  };
  const assumeRole: TestAws["assumeRole"] = async (WebIdentityToken, assume = {}) => {
    const RoleArn = roleArnOf(profile);
    const { Credentials } = await sts.send(
      new AssumeRoleWithWebIdentityCommand({ RoleArn, RoleSessionName: "test", WebIdentityToken, ...assume }),
    );
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = Credentials ?? {};
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  };
  return {
    ...aws,
    dataDir,
    region,
    bucket: profile.bucket.name,
    table: profile.table.name,
    control,
    idToken,
    assumeRole,
    credentialsOf: async (person, assume = {}) => assumeRole(await idToken({ person }), assume),
    s3: (credentials, other = region) =>
      new S3Client({ ...common, credentials, region: other, endpoint: info.endpoints.s3, forcePathStyle: true }),
    dynamodb: (credentials, other = region) =>
      new DynamoDBClient({ ...common, credentials, region: other, endpoint: info.endpoints.dynamodb }),
    async dispose() {
      await aws.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Runs `work` and returns the error that it must throw, as AWS named it. */
export async function refusal(
  work: Promise<unknown>,
): Promise<{ name: string; status: number; message: string; region?: string }> {
  const outcome = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(outcome instanceof Error)) throw new Error("It was allowed.");
  const { $metadata, Region } = outcome as Error & { $metadata?: { httpStatusCode?: number }; Region?: string };
  return {
    name: outcome.name,
    status: $metadata?.httpStatusCode ?? 0,
    message: outcome.message,
    ...(Region === undefined ? {} : { region: Region }),
  };
}
