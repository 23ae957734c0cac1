import { resolve } from "node:path";
import type { SetupSettings } from "../src/setup/settings.ts";

/** Someone who can sign in at the local provider. */
export interface Person {
  /** What they type. */
  name: string;
  password: string;
  /** The `sub` of their tokens; unlike the name, so that nothing can confuse the two. */
  subject: string;
  fullName: string;
  email: string;
}

export interface LocalAwsOptions {
  /** First of eight consecutive ports: issuer, STS, S3, DynamoDB, control, Cognito, directory, examples. 0 (default): any free ports. */
  port?: number;
  /** Exact ports, in the same order; before `port`. */
  ports?: readonly number[];
  /** Where state is kept. */
  dataDir: string;
  /** Throw away what `dataDir` holds. */
  fresh?: boolean;
  /** People beside alice and bob. */
  people?: readonly Person[];
  /** Redirect URIs beside the extension's own and `http://127.0.0.1/callback` (any port). */
  redirectUris?: readonly string[];
  /** Seconds that tokens live. */
  lifetimes?: Partial<TokenLifetimes>;
}

/** Seconds. */
export interface TokenLifetimes {
  idToken: number;
  accessToken: number;
  refreshToken: number;
  /** How long the provider remembers who signed in. */
  session: number;
}

export const DEFAULT_LIFETIMES: TokenLifetimes = {
  idToken: 3600,
  accessToken: 3600,
  refreshToken: 14 * 24 * 3600,
  session: 14 * 24 * 3600,
};

export const DEFAULT_PORT = 9700;

export const PROJECT_ROOT = resolve(import.meta.dirname, "..");

const CLIENT_ID = "holdall-local";

export const DEMO_PEOPLE: readonly Person[] = [
  {
    name: "alice",
    password: "alice-password",
    subject: "local|alice-7f3a",
    fullName: "Alice Archer",
    email: "alice@example.com",
  },
  { name: "bob", password: "bob-password", subject: "local|bob-c21d", fullName: "Bob Baker", email: "bob@example.com" },
];

/** Whom access tokens for the role directory are for; a name, no address. */
export const DIRECTORY_AUDIENCE = "https://roles.holdall.local";

/** Always the same: profiles of a restarted local AWS stay true. */
export const IDENTITY_POOL_ID = "eu-central-1:6f1d2a5c-90b3-4e77-8a41-5c0f9d3e7b12";

/** What `src/setup/` renders the local AWS's policies from. */
export function localSettings(issuer: string): SetupSettings {
  return {
    issuer,
    clientId: CLIENT_ID,
    bucket: "holdall-local",
    table: "holdall-local",
    region: "eu-central-1",
    account: "111122223333",
    credentials: "webIdentity",
    options: {
      partition: "aws",
      roleName: "holdall-person",
      partitionKey: "pk",
      sortKey: "sk",
      noncurrentDays: 30,
      maxSessionSeconds: 3600,
      kmsKeyArn: null,
      identityPoolId: null,
    },
  };
}

/** The same for the identity pool. One role, one bucket and one table per way in: an identity id and a subject shall never meet. */
export function poolSettings(issuer: string): SetupSettings {
  const settings = localSettings(issuer);
  const name = "holdall-local-pool";
  const options = { ...settings.options, roleName: "holdall-pool-person", identityPoolId: IDENTITY_POOL_ID };
  return { ...settings, bucket: name, table: name, credentials: "identityPool", options };
}
