import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";
import type { RoleCredentials } from "../shared/credentials.ts";
import type { Profile } from "../shared/profile.ts";
import { FetchHandler } from "./fetch-handler.ts";
import { QuickSha256 } from "./quick-sha256.ts";

/** Milliseconds for one attempt. Chromium ends a worker whose `fetch` takes 30 s to answer. */
const timeout = 20_000;
/** The first one and two more, with growing, jittered pauses (the SDK's standard retry mode). */
const maxAttempts = 3;

/**
 * Gives the credentials that a request is signed with.
 * @param fresh get new ones though the present ones look valid: AWS refused them
 */
export type CredentialSource = (fresh?: boolean) => Promise<RoleCredentials>;

function common(profile: Profile, fetchFunction: typeof fetch, redirect: "error" | "follow" = "error") {
  return {
    region: profile.region,
    maxAttempts,
    retryMode: "standard",
    requestHandler: new FetchHandler({ fetch: fetchFunction, timeout, redirect }),
    // Given outright: in Node the SDK would look through the machine's configuration files.
    defaultsMode: "standard" as const,
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    sha256: QuickSha256,
  };
}

function endpoint(url: string | undefined): { endpoint?: string } {
  return url === undefined ? {} : { endpoint: url };
}

/**
 * The SDK would keep a copy of the credentials until they end; `memoized` tells it not to, so that a sign-out leaves none
 * behind and the session manager alone decides when to renew.
 * @param setClock told once for each new session: STS's answer showed how far this machine's clock is off, so that not even
 *   the first signature is refused. Later changes the SDK finds out by itself.
 */
function provider(source: CredentialSource, setClock: (offset: number) => void) {
  let session = "";
  const provide = async () => {
    const { accessKeyId, secretAccessKey, sessionToken, clockOffset } = await source();
    if (clockOffset !== undefined && session !== accessKeyId) setClock(clockOffset);
    session = accessKeyId;
    return { accessKeyId, secretAccessKey, sessionToken };
  };
  return Object.assign(provide, { memoized: true });
}

/** For AssumeRoleWithWebIdentity, which is not signed. */
export function createStsClient(profile: Profile, fetchFunction: typeof fetch): STSClient {
  return new STSClient({ ...common(profile, fetchFunction), ...endpoint(profile.endpoints.sts) });
}

export function createDynamoDbClient(
  profile: Profile,
  source: CredentialSource,
  fetchFunction: typeof fetch,
): DynamoDBClient {
  const client = new DynamoDBClient({
    ...common(profile, fetchFunction),
    ...endpoint(profile.endpoints.dynamodb),
    credentials: provider(source, (offset) => {
      client.config.systemClockOffset = offset;
    }),
  });
  return client;
}

export function createS3Client(profile: Profile, source: CredentialSource, fetchFunction: typeof fetch): S3Client {
  const client = new S3Client({
    ...common(profile, fetchFunction, "follow"),
    ...endpoint(profile.endpoints.s3),
    credentials: provider(source, (offset) => {
      client.config.systemClockOffset = offset;
    }),
    forcePathStyle: profile.bucket.forcePathStyle,
    // Uploads carry a checksum of their own; S3-compatible stores refuse those that the SDK would add.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
  return client;
}
