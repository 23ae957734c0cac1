import { PROBE_ITEMS, PROBE_OBJECTS, PROBE_TEXT } from "../probe.ts";
import type { RenderedSetup } from "../render-setup.ts";
import { type Block, type Body, block, expression, jsonencode } from "./hcl.ts";

const BUCKET = expression("aws_s3_bucket.files.id");
const kept = block("lifecycle", [], [["prevent_destroy", true]]);

/** Bucket and table in the provider's own names, each setting of the bucket a resource of its own. */
export function storageBlocks({ bucket, table }: RenderedSetup): Block[] {
  const access = bucket.PublicAccessBlockConfiguration;
  const [encryption] = bucket.ServerSideEncryptionConfiguration.Rules;
  const by = encryption.ApplyServerSideEncryptionByDefault;
  const [hash, range] = table.KeySchema;
  return [
    block("resource", ["aws_s3_bucket", "files"], [["bucket", bucket.Bucket], kept]),
    ofBucket("public_access_block", [
      ["block_public_acls", access.BlockPublicAcls],
      ["ignore_public_acls", access.IgnorePublicAcls],
      ["block_public_policy", access.BlockPublicPolicy],
      ["restrict_public_buckets", access.RestrictPublicBuckets],
    ]),
    ofBucket(
      "ownership_controls",
      bucket.OwnershipControls.Rules.map(({ ObjectOwnership }) =>
        block("rule", [], [["object_ownership", ObjectOwnership]]),
      ),
    ),
    ofBucket("policy", [
      ["policy", jsonencode(bucket.Policy)],
      ["depends_on", [expression("aws_s3_bucket_public_access_block.files")]],
    ]),
    ofBucket("versioning", [
      block("versioning_configuration", [], [["status", bucket.VersioningConfiguration.Status]]),
    ]),
    ofBucket("lifecycle_configuration", [
      ["depends_on", [expression("aws_s3_bucket_versioning.files")]],
      ...bucket.LifecycleConfiguration.Rules.map(lifecycleRule),
    ]),
    ofBucket("server_side_encryption_configuration", [
      block(
        "rule",
        [],
        [
          ...(encryption.BucketKeyEnabled ? ([["bucket_key_enabled", true]] satisfies Body) : []),
          block(
            "apply_server_side_encryption_by_default",
            [],
            [
              ["sse_algorithm", by.SSEAlgorithm],
              ...("KMSMasterKeyID" in by ? ([["kms_master_key_id", by.KMSMasterKeyID]] satisfies Body) : []),
            ],
          ),
        ],
      ),
    ]),
    block(
      "resource",
      ["aws_dynamodb_table", "items"],
      [
        ["name", table.TableName],
        ["billing_mode", table.BillingMode],
        ["hash_key", hash.AttributeName],
        ["range_key", range.AttributeName],
        ["deletion_protection_enabled", table.DeletionProtectionEnabled],
        ...table.AttributeDefinitions.map(({ AttributeName, AttributeType }) =>
          block(
            "attribute",
            [],
            [
              ["name", AttributeName],
              ["type", AttributeType],
            ],
          ),
        ),
        block(
          "point_in_time_recovery",
          [],
          [["enabled", table.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled]],
        ),
        kept,
      ],
    ),
  ];
}

/** What the isolation proof tries to reach. */
export function probeBlocks({ table }: RenderedSetup): Block[] {
  const [hash, range] = table.KeySchema;
  return [
    ...PROBE_OBJECTS.map((key, at) =>
      block(
        "resource",
        ["aws_s3_object", `probe_${at + 1}`],
        [
          ["bucket", BUCKET],
          ["key", key],
          ["content", PROBE_TEXT],
          ["content_type", "text/plain"],
          ["depends_on", [expression("aws_s3_bucket_server_side_encryption_configuration.files")]],
        ],
      ),
    ),
    ...PROBE_ITEMS.map(({ partition, sort }, at) =>
      block(
        "resource",
        ["aws_dynamodb_table_item", `probe_${at + 1}`],
        [
          ["table_name", expression("aws_dynamodb_table.items.name")],
          ["hash_key", expression("aws_dynamodb_table.items.hash_key")],
          ["range_key", expression("aws_dynamodb_table.items.range_key")],
          [
            "item",
            // The keys last: one may be called "note".
            jsonencode({
              note: { S: PROBE_TEXT },
              [hash.AttributeName]: { S: partition },
              [range.AttributeName]: { S: sort },
            }),
          ],
        ],
      ),
    ),
  ];
}

function ofBucket(setting: string, body: Body): Block {
  return block("resource", [`aws_s3_bucket_${setting}`, "files"], [["bucket", BUCKET], ...body]);
}

type LifecycleRule = RenderedSetup["bucket"]["LifecycleConfiguration"]["Rules"][number];

function lifecycleRule(rule: LifecycleRule): Block {
  const {
    NoncurrentVersionExpiration: noncurrent,
    Expiration: expiration,
    AbortIncompleteMultipartUpload: abort,
  } = rule;
  return block(
    "rule",
    [],
    [
      ["id", rule.ID],
      ["status", rule.Status],
      block("filter", [], []),
      ...(noncurrent === undefined
        ? []
        : [block("noncurrent_version_expiration", [], [["noncurrent_days", noncurrent.NoncurrentDays]])]),
      ...(expiration === undefined
        ? []
        : [block("expiration", [], [["expired_object_delete_marker", expiration.ExpiredObjectDeleteMarker]])]),
      ...(abort === undefined
        ? []
        : [block("abort_incomplete_multipart_upload", [], [["days_after_initiation", abort.DaysAfterInitiation]])]),
    ],
  );
}
