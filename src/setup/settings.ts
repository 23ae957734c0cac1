/** What an administrator decides. Everything that setup renders follows from this and nothing else. */
export interface SetupSettings {
  /** The provider's `iss`, byte for byte, for example `https://login.example.com/`. */
  issuer: string;
  /** The audience of the ID tokens. */
  clientId: string;
  bucket: string;
  table: string;
  /** For example `eu-central-1`. */
  region: string;
  /** Twelve digits. */
  account: string;
  /** How an ID token becomes credentials: STS web identity, or a Cognito identity pool in the enhanced flow. */
  credentials: "webIdentity" | "identityPool";
  options: SetupOptions;
}

export interface SetupOptions {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  roleName: string;
  partitionKey: string;
  sortKey: string;
  /** Days after which a noncurrent version of an object ends. */
  noncurrentDays: number;
  /** Seconds a session lasts, 900–3600. */
  maxSessionSeconds: number;
  /** ARN of the KMS key for SSE-KMS; null means S3's own keys. */
  kmsKeyArn: string | null;
  /** `<region>:<uuid>` of the identity pool; null before AWS has made it, and for web identity. */
  identityPoolId: string | null;
}
