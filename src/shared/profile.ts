/**
 * A profile: one environment. It holds no secret and can be shared as JSON.
 * Here is only the shape; `src/profiles/` checks, stores, imports and exports it.
 */
export interface Profile {
  /** Version of this format. */
  holdall: 1;
  /** What the person calls it, 1–60 characters. */
  name: string;
  /** The band at the top, `#rrggbb`, so that nobody confuses beta with production. */
  colour: string;
  /** The provider's `iss`, byte for byte. `http:` on loopback only. */
  issuer: string;
  clientId: string;
  /** Asked for at sign-in; always contains `openid`. */
  scopes: string[];
  /** For example `eu-central-1`. */
  region: string;
  credentials: WebIdentityCredentials;
  /** `sortKey` is a string attribute. */
  table: { name: string; partitionKey: string; sortKey: string };
  bucket: {
    name: string;
    /** `https://host/bucket/key` in place of `https://bucket.host/key`: S3-compatible stores, the local AWS. */
    forcePathStyle: boolean;
    /** What signs the content: S3-compatible stores may know no CRC32. */
    checksum: "crc32" | "none";
  };
  /** Base URLs in place of AWS's own. */
  endpoints: { sts?: string; s3?: string; dynamodb?: string };
}

export interface WebIdentityCredentials {
  kind: "webIdentity";
  roleArn: string;
  /** Seconds, 900–3600. */
  durationSeconds: number;
}
