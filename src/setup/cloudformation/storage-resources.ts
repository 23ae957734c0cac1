import type { RenderedSetup } from "../render-setup.ts";
import { type Json, withIntrinsics } from "./intrinsics.ts";

/** What a deleted or replaced stack leaves alone. */
const KEPT = { DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" };

/** Bucket and table, in CloudFormation's names for what S3 and DynamoDB call otherwise. */
export function storageResources({ bucket, table }: RenderedSetup): Record<string, Json> {
  return {
    Bucket: {
      Type: "AWS::S3::Bucket",
      ...KEPT,
      Properties: withIntrinsics({
        BucketName: bucket.Bucket,
        PublicAccessBlockConfiguration: bucket.PublicAccessBlockConfiguration,
        OwnershipControls: bucket.OwnershipControls,
        VersioningConfiguration: bucket.VersioningConfiguration,
        LifecycleConfiguration: { Rules: bucket.LifecycleConfiguration.Rules.map(lifecycleRule) },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: bucket.ServerSideEncryptionConfiguration.Rules.map(
            ({ ApplyServerSideEncryptionByDefault, ...more }) => ({
              ServerSideEncryptionByDefault: ApplyServerSideEncryptionByDefault,
              ...more,
            }),
          ),
        },
      }),
    },
    BucketPolicy: {
      Type: "AWS::S3::BucketPolicy",
      ...KEPT,
      Properties: { Bucket: { Ref: "Bucket" }, PolicyDocument: withIntrinsics(bucket.Policy) },
    },
    Table: {
      Type: "AWS::DynamoDB::Table",
      ...KEPT,
      Properties: withIntrinsics({
        TableName: table.TableName,
        BillingMode: table.BillingMode,
        AttributeDefinitions: table.AttributeDefinitions,
        KeySchema: table.KeySchema,
        PointInTimeRecoverySpecification: table.PointInTimeRecoverySpecification,
        DeletionProtectionEnabled: table.DeletionProtectionEnabled,
      }),
    },
  };
}

type LifecycleRule = RenderedSetup["bucket"]["LifecycleConfiguration"]["Rules"][number];

/** No filter: a rule without one is for the whole bucket. */
function lifecycleRule({ ID, Status, Filter: _whole, Expiration, ...more }: LifecycleRule) {
  return { Id: ID, Status, ...Expiration, ...more };
}
