import type { PolicyDocument } from "./policy-document.ts";
import type { SetupSettings } from "./settings.ts";

/** Days until S3 throws away the parts of an upload that nobody completed. */
const ABANDONED_UPLOAD_DAYS = 7;

/** Each part has the shape that the S3 API takes in `Put…`. */
export interface BucketSettings {
  Bucket: string;
  region: string;
  PublicAccessBlockConfiguration: Record<
    "BlockPublicAcls" | "IgnorePublicAcls" | "BlockPublicPolicy" | "RestrictPublicBuckets",
    true
  >;
  OwnershipControls: { Rules: { ObjectOwnership: "BucketOwnerEnforced" }[] };
  Policy: PolicyDocument;
  VersioningConfiguration: { Status: "Enabled" };
  LifecycleConfiguration: { Rules: LifecycleRule[] };
  ServerSideEncryptionConfiguration: { Rules: [EncryptionRule] };
  /** None on purpose: an extension page with a host permission needs none, and any rule would let web pages in. */
  CORSConfiguration: null;
  /** Files outlive the stack that made their bucket. */
  deletionPolicy: "Retain";
}

interface LifecycleRule {
  ID: string;
  Status: "Enabled";
  Filter: { Prefix: "" };
  NoncurrentVersionExpiration?: { NoncurrentDays: number };
  Expiration?: { ExpiredObjectDeleteMarker: true };
  AbortIncompleteMultipartUpload?: { DaysAfterInitiation: number };
}

interface EncryptionRule {
  ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } | { SSEAlgorithm: "aws:kms"; KMSMasterKeyID: string };
  BucketKeyEnabled?: true;
}

/** The bucket: private, TLS only, versioned with an end for old versions, abandoned uploads removed, encrypted, no CORS. */
export function bucketSettings(settings: SetupSettings): BucketSettings {
  const { noncurrentDays, partition, kmsKeyArn } = settings.options;
  const arn = `arn:${partition}:s3:::${settings.bucket}`;
  return {
    Bucket: settings.bucket,
    region: settings.region,
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
    OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
    Policy: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [arn, `${arn}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    },
    VersioningConfiguration: { Status: "Enabled" },
    LifecycleConfiguration: {
      Rules: [
        {
          ID: "end-noncurrent-versions",
          Status: "Enabled",
          Filter: { Prefix: "" },
          NoncurrentVersionExpiration: { NoncurrentDays: noncurrentDays },
          Expiration: { ExpiredObjectDeleteMarker: true },
        },
        {
          ID: "abort-abandoned-uploads",
          Status: "Enabled",
          Filter: { Prefix: "" },
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: ABANDONED_UPLOAD_DAYS },
        },
      ],
    },
    ServerSideEncryptionConfiguration: {
      Rules: [
        kmsKeyArn === null
          ? { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }
          : {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: kmsKeyArn },
              BucketKeyEnabled: true,
            },
      ],
    },
    CORSConfiguration: null,
    deletionPolicy: "Retain",
  };
}
