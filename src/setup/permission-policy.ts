import { subjectVariable } from "./identity-pool.ts";
import type { PolicyDocument, PolicyStatement } from "./policy-document.ts";
import type { SetupSettings } from "./settings.ts";

/**
 * What a session may do: the person's own partition keys and their own folder, by the `sub` that STS or Cognito verified.
 * Allow-only: a variable that does not resolve matches nothing here, while it would match in a negated condition.
 * `ForAllValues` is true for an absent key, hence the `Null` beside it; that is also what refuses `Scan` and PartiQL.
 */
export function permissionPolicy(settings: SetupSettings): PolicyDocument {
  const subject = subjectVariable(settings);
  const { partition, kmsKeyArn } = settings.options;
  const bucket = `arn:${partition}:s3:::${settings.bucket}`;
  const Statement: PolicyStatement[] = [
    {
      Sid: "OwnItems",
      Effect: "Allow",
      Resource: `arn:${partition}:dynamodb:${settings.region}:${settings.account}:table/${settings.table}`,
      Action: [
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        "dynamodb:BatchWriteItem",
        "dynamodb:ConditionCheckItem",
      ],
      Condition: {
        "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [subject, `${subject}#app#*`] },
        Null: { "dynamodb:LeadingKeys": "false" },
      },
    },
    {
      Sid: "ListOwnFolder",
      Effect: "Allow",
      Action: ["s3:ListBucket", "s3:ListBucketVersions"],
      Resource: bucket,
      Condition: { StringLike: { "s3:prefix": [`${subject}/*`] } },
    },
    {
      Sid: "OwnObjects",
      Effect: "Allow",
      Resource: `${bucket}/${subject}/*`,
      Action: [
        "s3:GetObject",
        "s3:GetObjectVersion",
        "s3:PutObject",
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
        "s3:AbortMultipartUpload",
        "s3:ListMultipartUploadParts",
        "s3:GetObjectTagging",
        "s3:GetObjectVersionTagging",
        "s3:PutObjectTagging",
        "s3:DeleteObjectTagging",
      ],
    },
  ];
  if (kmsKeyArn !== null) Statement.push(bucketKey(settings, kmsKeyArn));
  return { Version: "2012-10-17", Statement };
}

/** The key is for this bucket's objects through S3 alone. (S3 User Guide, "Reducing the cost of SSE-KMS with bucket keys".) */
export function bucketKey(settings: SetupSettings, kmsKeyArn: string): PolicyStatement {
  const { partition } = settings.options;
  const domain = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  return {
    Sid: "BucketKey",
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: kmsKeyArn,
    Condition: {
      StringEquals: {
        "kms:ViaService": `s3.${settings.region}.${domain}`,
        "kms:EncryptionContext:aws:s3:arn": `arn:${partition}:s3:::${settings.bucket}`,
      },
    },
  };
}
