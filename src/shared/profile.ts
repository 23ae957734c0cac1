/**
 * A profile: one environment. It holds no secret and can be shared as JSON.
 * Here is only the shape; `src/profiles/` checks, stores, imports and exports it.
 */
export interface Profile {
  /** Version of this format. */
  holdall: 2;
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
  credentials: WebIdentityCredentials | IdentityPoolCredentials;
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
  endpoints: { sts?: string; cognitoIdentity?: string; s3?: string; dynamodb?: string };
}

/** STS `AssumeRoleWithWebIdentity`: the identity is the token's subject. */
export interface WebIdentityCredentials {
  kind: "webIdentity";
  role: FixedRole | RoleList | RoleDirectory;
  /** Seconds, 900–3600. */
  durationSeconds: number;
}

/** An Amazon Cognito identity pool, enhanced flow: the identity is the one that comes with the credentials. */
export interface IdentityPoolCredentials {
  kind: "identityPool";
  /** `<region>:<uuid>` */
  identityPoolId: string;
}

export interface FixedRole {
  kind: "fixed";
  arn: string;
}

/** The person chooses one. */
export interface RoleList {
  kind: "list";
  roles: Role[];
}

/** An address that tells which roles the person may try. It authorizes nothing: IAM does. */
export interface RoleDirectory {
  kind: "directory";
  /** `https:`, or `http:` on loopback. */
  url: string;
  /** Whom the access token is for. */
  audience: string;
  /**
   * How the provider is told of the audience: RFC 8707's `resource`, Auth0's `audience`, or not at all, where one of the
   * profile's scopes decides.
   */
  parameter: "resource" | "audience" | "none";
}

export interface Role {
  arn: string;
  /** For people, 1–60 characters. */
  name: string;
}
