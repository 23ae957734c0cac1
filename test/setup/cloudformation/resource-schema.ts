/**
 * What CloudFormation takes of the resource types that setup's template uses, written out of its resource reference
 * (docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference). Of each type only what the template may need: a property that
 * is not here has to be looked up and added before it can be used.
 */
export type Schema =
  | "string"
  | "boolean"
  | "integer"
  /** A policy, or values that CloudFormation passes on as they are. */
  | "json"
  | { oneOf: readonly string[] }
  | { list: Schema }
  | { map: Schema }
  | { object: Record<string, Schema>; required: readonly string[] };

export interface ResourceSchema {
  properties: Record<string, Schema>;
  required: readonly string[];
  /** For `Fn::GetAtt`. */
  attributes: readonly string[];
}

const object = (properties: Record<string, Schema>, ...required: string[]): Schema => ({
  object: properties,
  required,
});

const ATTRIBUTE = object(
  { AttributeName: "string", AttributeType: { oneOf: ["S", "N", "B"] } },
  "AttributeName",
  "AttributeType",
);

export const RESOURCE_TYPES: Record<string, ResourceSchema> = {
  "AWS::IAM::OIDCProvider": {
    properties: { Url: "string", ClientIdList: { list: "string" }, ThumbprintList: { list: "string" } },
    required: [],
    attributes: ["Arn"],
  },
  "AWS::IAM::Role": {
    properties: {
      RoleName: "string",
      Description: "string",
      MaxSessionDuration: "integer",
      AssumeRolePolicyDocument: "json",
      Policies: { list: object({ PolicyName: "string", PolicyDocument: "json" }, "PolicyName", "PolicyDocument") },
    },
    required: ["AssumeRolePolicyDocument"],
    attributes: ["Arn", "RoleId"],
  },
  "AWS::S3::Bucket": {
    properties: {
      BucketName: "string",
      PublicAccessBlockConfiguration: object({
        BlockPublicAcls: "boolean",
        IgnorePublicAcls: "boolean",
        BlockPublicPolicy: "boolean",
        RestrictPublicBuckets: "boolean",
      }),
      OwnershipControls: object(
        {
          Rules: {
            list: object({
              ObjectOwnership: { oneOf: ["ObjectWriter", "BucketOwnerPreferred", "BucketOwnerEnforced"] },
            }),
          },
        },
        "Rules",
      ),
      VersioningConfiguration: object({ Status: { oneOf: ["Enabled", "Suspended"] } }, "Status"),
      LifecycleConfiguration: object(
        {
          Rules: {
            list: object(
              {
                Id: "string",
                Status: { oneOf: ["Enabled", "Disabled"] },
                Prefix: "string",
                ExpiredObjectDeleteMarker: "boolean",
                NoncurrentVersionExpiration: object(
                  { NoncurrentDays: "integer", NewerNoncurrentVersions: "integer" },
                  "NoncurrentDays",
                ),
                AbortIncompleteMultipartUpload: object({ DaysAfterInitiation: "integer" }, "DaysAfterInitiation"),
              },
              "Status",
            ),
          },
        },
        "Rules",
      ),
      BucketEncryption: object(
        {
          ServerSideEncryptionConfiguration: {
            list: object({
              BucketKeyEnabled: "boolean",
              ServerSideEncryptionByDefault: object(
                { SSEAlgorithm: { oneOf: ["AES256", "aws:kms", "aws:kms:dsse"] }, KMSMasterKeyID: "string" },
                "SSEAlgorithm",
              ),
            }),
          },
        },
        "ServerSideEncryptionConfiguration",
      ),
    },
    required: [],
    attributes: ["Arn", "DomainName", "RegionalDomainName"],
  },
  "AWS::S3::BucketPolicy": {
    properties: { Bucket: "string", PolicyDocument: "json" },
    required: ["Bucket", "PolicyDocument"],
    attributes: [],
  },
  "AWS::DynamoDB::Table": {
    properties: {
      TableName: "string",
      BillingMode: { oneOf: ["PAY_PER_REQUEST", "PROVISIONED"] },
      AttributeDefinitions: { list: ATTRIBUTE },
      KeySchema: {
        list: object({ AttributeName: "string", KeyType: { oneOf: ["HASH", "RANGE"] } }, "AttributeName", "KeyType"),
      },
      PointInTimeRecoverySpecification: object({
        PointInTimeRecoveryEnabled: "boolean",
        RecoveryPeriodInDays: "integer",
      }),
      DeletionProtectionEnabled: "boolean",
    },
    required: ["KeySchema"],
    attributes: ["Arn", "StreamArn"],
  },
  "AWS::Cognito::IdentityPool": {
    properties: {
      IdentityPoolName: "string",
      AllowUnauthenticatedIdentities: "boolean",
      AllowClassicFlow: "boolean",
      CognitoIdentityProviders: {
        list: object(
          { ProviderName: "string", ClientId: "string", ServerSideTokenCheck: "boolean" },
          "ProviderName",
          "ClientId",
        ),
      },
      OpenIdConnectProviderARNs: { list: "string" },
    },
    required: ["AllowUnauthenticatedIdentities"],
    attributes: ["Name", "Id"],
  },
  "AWS::Cognito::IdentityPoolRoleAttachment": {
    properties: { IdentityPoolId: "string", Roles: { map: "string" } },
    required: ["IdentityPoolId"],
    attributes: ["Id"],
  },
  "AWS::Lambda::Function": {
    properties: {
      Description: "string",
      Runtime: { oneOf: ["nodejs22.x", "nodejs24.x"] },
      Handler: "string",
      Timeout: "integer",
      MemorySize: "integer",
      Role: "string",
      Code: object({ ZipFile: "string" }),
    },
    required: ["Code", "Role"],
    attributes: ["Arn"],
  },
  /** A custom resource: all but these two goes to the function. */
  "Custom::HoldallProbe": {
    properties: {
      ServiceToken: "string",
      ServiceTimeout: "integer",
      Bucket: "string",
      Objects: "json",
      Table: "string",
      Items: "json",
      Text: "string",
    },
    required: ["ServiceToken"],
    attributes: [],
  },
};
