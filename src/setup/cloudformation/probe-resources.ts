import { bucketKey } from "../permission-policy.ts";
import { PROBE_ITEMS, PROBE_OBJECTS, PROBE_TEXT } from "../probe.ts";
import type { RenderedSetup } from "../render-setup.ts";
import { type Json, withIntrinsics } from "./intrinsics.ts";
import { PROBE_FUNCTION } from "./probe-function.ts";

/** Seconds: the function's patience is 50, and CloudFormation's without this an hour. */
const FUNCTION_SECONDS = 90;
const CUSTOM_RESOURCE_SECONDS = 180;

/**
 * What the isolation proof tries to reach: made by a function whose role may put exactly that and nothing else, not even
 * write logs. Its failures come back through CloudFormation.
 */
export function probeResources({ settings, bucket, table }: RenderedSetup): Record<string, Json> {
  const { partition, partitionKey, sortKey, kmsKeyArn } = settings.options;
  return {
    ProbeRole: {
      Type: "AWS::IAM::Role",
      Properties: withIntrinsics({
        Description: "Puts the objects and items that Holdall's isolation proof must not reach.",
        AssumeRolePolicyDocument: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
        },
        Policies: [
          {
            PolicyName: "put-probe",
            PolicyDocument: {
              Version: "2012-10-17",
              Statement: [
                {
                  Sid: "ProbeObjects",
                  Effect: "Allow",
                  Action: "s3:PutObject",
                  Resource: PROBE_OBJECTS.map((key) => `arn:${partition}:s3:::${bucket.Bucket}/${key}`),
                },
                {
                  Sid: "ProbeItems",
                  Effect: "Allow",
                  Action: "dynamodb:PutItem",
                  Resource: `arn:${partition}:dynamodb:${settings.region}:${settings.account}:table/${table.TableName}`,
                  Condition: {
                    "ForAllValues:StringEquals": {
                      "dynamodb:LeadingKeys": PROBE_ITEMS.map(({ partition: key }) => key),
                    },
                    Null: { "dynamodb:LeadingKeys": "false" },
                  },
                },
                ...(kmsKeyArn === null ? [] : [bucketKey(settings, kmsKeyArn)]),
              ],
            },
          },
        ],
      }),
    },
    ProbeFunction: {
      Type: "AWS::Lambda::Function",
      Properties: {
        Description: "Puts the objects and items that Holdall's isolation proof must not reach.",
        Runtime: "nodejs24.x",
        Handler: "index.handler",
        Timeout: FUNCTION_SECONDS,
        MemorySize: 256,
        Role: { "Fn::GetAtt": ["ProbeRole", "Arn"] },
        Code: { ZipFile: { "Fn::Join": ["\n", PROBE_FUNCTION.split("\n")] } },
      },
    },
    Probe: {
      Type: "Custom::HoldallProbe",
      Properties: {
        ServiceToken: { "Fn::GetAtt": ["ProbeFunction", "Arn"] },
        ServiceTimeout: CUSTOM_RESOURCE_SECONDS,
        Bucket: { Ref: "Bucket" },
        Objects: [...PROBE_OBJECTS],
        Table: { Ref: "Table" },
        // The keys last: one may be called "note".
        Items: PROBE_ITEMS.map(({ partition: key, sort }) => [
          ["note", PROBE_TEXT],
          [partitionKey, key],
          [sortKey, sort],
        ]),
        Text: PROBE_TEXT,
      },
    },
  };
}
