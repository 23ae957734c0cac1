import { describe, expect, test } from "vitest";
import { parseSettings } from "../../src/setup/parse-settings.ts";
import { renderSetup } from "../../src/setup/render-setup.ts";

const base = {
  issuer: "https://login.example.com/tenant/",
  clientId: "client-1",
  account: "111122223333",
  bucket: "files-example",
  table: "items",
};
const render = (more: object = {}) => renderSetup(parseSettings({ ...base, ...more }));
// biome-ignore lint/suspicious/noTemplateCurlyInString: IAM policy variables
const SUB = "${login.example.com/tenant/:sub}";

test("the trust policy names provider and client, and guards the subject", () => {
  expect(render().trustPolicy).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "SignedInPeople",
        Effect: "Allow",
        Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/login.example.com/tenant/" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: { "login.example.com/tenant/:aud": "client-1" },
          Null: { "login.example.com/tenant/:sub": "false" },
          StringNotLike: {
            // biome-ignore lint/suspicious/noTemplateCurlyInString: IAM's spelling of * ? $
            "login.example.com/tenant/:sub": ["*/*", "*#*", "*${*}*", "*${?}*", "*${$}*", ".", "..", "holdall-probe"],
          },
        },
      },
    ],
  });
});

test("the permission policy allows one's own items and folder, and only allows", () => {
  const { Statement } = render().permissionPolicy;
  expect(Statement.map(({ Sid, Effect }) => [Sid, Effect])).toEqual([
    ["OwnItems", "Allow"],
    ["ListOwnFolder", "Allow"],
    ["OwnObjects", "Allow"],
  ]);
  const [items, list, objects] = Statement;
  expect(items?.Resource).toBe("arn:aws:dynamodb:eu-central-1:111122223333:table/items");
  expect(items?.Condition).toEqual({
    "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [SUB, `${SUB}#app#*`] },
    Null: { "dynamodb:LeadingKeys": "false" },
  });
  expect(list).toMatchObject({
    Resource: "arn:aws:s3:::files-example",
    Condition: { StringLike: { "s3:prefix": [`${SUB}/*`] } },
  });
  expect(objects?.Resource).toBe(`arn:aws:s3:::files-example/${SUB}/*`);
});

test.each([
  "dynamodb:Scan",
  "dynamodb:PartiQL",
  "dynamodb:*",
  "s3:*",
  "s3:ListBucketMultipartUploads",
  "dynamodb:DescribeTable",
  "s3:GetBucketVersioning",
  "s3:PutObjectAcl",
])("%s is not granted", (action) => {
  const granted = render().permissionPolicy.Statement.flatMap(({ Action }) => Action);
  expect(granted.filter((name) => name.startsWith(action))).toEqual([]);
});

test("the issuer is kept byte for byte, without its scheme", () => {
  for (const issuer of [
    "https://a.example",
    "https://a.example/",
    "https://A.example/Path//x",
    "http://127.0.0.1:9700",
    "http://localhost:1/",
  ]) {
    const { provider, trustPolicy } = renderSetup(parseSettings({ ...base, issuer }));
    const prefix = issuer.slice(issuer.indexOf("//") + 2);
    expect(provider?.arn).toBe(`arn:aws:iam::111122223333:oidc-provider/${prefix}`);
    expect(Object.keys(trustPolicy.Statement[0]?.Condition?.StringEquals ?? {})).toEqual([`${prefix}:aud`]);
  }
});

describe("an identity pool", () => {
  const id = "eu-central-1:11111111-2222-3333-4444-555555555555";

  test("is trusted for its own authenticated people, who have what their identity id names", () => {
    const { trustPolicy, permissionPolicy } = render({ credentials: "identityPool", identityPoolId: id });
    expect(trustPolicy.Statement[0]).toMatchObject({
      Principal: { Federated: "cognito-identity.amazonaws.com" },
      Condition: {
        StringEquals: { "cognito-identity.amazonaws.com:aud": id },
        "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" },
      },
    });
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an IAM policy variable
    const subject = "${cognito-identity.amazonaws.com:sub}";
    expect(permissionPolicy.Statement.map(({ Resource }) => Resource)).toEqual([
      "arn:aws:dynamodb:eu-central-1:111122223333:table/items",
      "arn:aws:s3:::files-example",
      `arn:aws:s3:::files-example/${subject}/*`,
    ]);
    expect(JSON.stringify(permissionPolicy)).not.toContain("login.example.com");
  });

  test("knows any provider through IAM, and a user pool by itself, with its tokens checked each time", () => {
    const any = render({ credentials: "identityPool" });
    expect(any.provider?.url).toBe(base.issuer);
    expect(any.identityPool).toMatchObject({
      AllowUnauthenticatedIdentities: false,
      AllowClassicFlow: false,
      CognitoIdentityProviders: [],
      OpenIdConnectProviderARNs: [any.provider?.arn],
    });
    const issuer = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_aBcDeFgHi";
    const native = render({ credentials: "identityPool", issuer });
    expect(native.provider).toBeNull();
    expect(native.identityPool?.CognitoIdentityProviders).toEqual([
      {
        ProviderName: "cognito-idp.eu-central-1.amazonaws.com/eu-central-1_aBcDeFgHi",
        ClientId: "client-1",
        ServerSideTokenCheck: true,
      },
    ]);
  });
});

describe("bucket and table", () => {
  test("private, TLS only, versioned with an end, uploads aborted, encrypted, no CORS, kept", () => {
    const { bucket } = render({ noncurrentDays: "14" });
    expect(Object.values(bucket.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    expect(bucket.Policy.Statement).toMatchObject([
      { Effect: "Deny", Principal: "*", Action: "s3:*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
    ]);
    expect(bucket.VersioningConfiguration).toEqual({ Status: "Enabled" });
    expect(bucket.LifecycleConfiguration.Rules).toMatchObject([
      { Status: "Enabled", NoncurrentVersionExpiration: { NoncurrentDays: 14 } },
      { Status: "Enabled", AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
    ]);
    expect(bucket).toMatchObject({ CORSConfiguration: null, deletionPolicy: "Retain" });
    expect(JSON.stringify(bucket.ServerSideEncryptionConfiguration)).toContain("AES256");
  });

  test("with a KMS key: SSE-KMS, and the role may use the key for this bucket through S3", () => {
    const kmsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const { bucket, permissionPolicy } = render({ kmsKeyArn });
    expect(JSON.stringify(bucket.ServerSideEncryptionConfiguration)).toContain(kmsKeyArn);
    expect(permissionPolicy.Statement.at(-1)).toMatchObject({
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: kmsKeyArn,
      Condition: {
        StringEquals: {
          "kms:ViaService": "s3.eu-central-1.amazonaws.com",
          "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::files-example",
        },
      },
    });
  });

  test("the table is on demand, recoverable, with two string keys", () => {
    expect(render({ partitionKey: "owner", sortKey: "name" }).table).toMatchObject({
      TableName: "items",
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [
        { AttributeName: "owner", KeyType: "HASH" },
        { AttributeName: "name", KeyType: "RANGE" },
      ],
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });
});

test("other partitions have their own ARNs", () => {
  const text = JSON.stringify(render({ region: "cn-north-1" }));
  expect(text).toContain("arn:aws-cn:s3:::files-example");
  expect(text).not.toContain("arn:aws:");
});

test("what is rendered is plain JSON", () => {
  const rendered = render();
  expect(JSON.parse(JSON.stringify(rendered))).toEqual(rendered);
});
