import * as esbuild from "esbuild";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { sdkPlugins } from "../../build/bundles.mjs";
import { sdkXmlParser } from "../../build/sdk-xml-parser.mjs";
import { ROOT } from "../../scripts/ensure-dependencies.mjs";
import type { assumeRole } from "../../src/aws/assume-role.ts";
import type { createStorage, Storage } from "../../src/aws/create-storage.ts";
import type { Profile } from "../../src/shared/profile.ts";
import { toWireError } from "../../src/shared/result.ts";
import { answering, credentials, profile } from "../aws/support/profile.ts";

interface Aws {
  createStorage: typeof createStorage;
  assumeRole: typeof assumeRole;
}

async function bundled(plugins: esbuild.Plugin[]): Promise<Aws> {
  const contents = `
    export { assumeRole } from "./src/aws/assume-role.ts";
    export { createStorage } from "./src/aws/create-storage.ts";`;
  const { outputFiles } = await esbuild.build({
    ...{
      stdin: { contents, resolveDir: ROOT },
      bundle: true,
      format: "iife",
      globalName: "aws",
      platform: "browser",
      target: "chrome148",
    },
    ...{ conditions: ["browser"], minify: true, write: false, plugins },
  });
  return new Function(`${outputFiles?.[0]?.text}; return aws;`)();
}

let whole: Aws;
let trimmed: Aws;
beforeAll(async () => {
  vi.spyOn(crypto, "randomUUID").mockReturnValue("00000000-0000-4000-8000-000000000000");
  // What is there whole has a parser that works here, too.
  [whole, trimmed] = await Promise.all([bundled([sdkXmlParser()]), bundled(sdkPlugins())]);
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2025, 0, 2) });
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => vi.useRealTimers());

type Answer = [status: number, body: string, headers?: Record<string, string>];
type Work = (storage: Storage, aws: Aws, input: Parameters<typeof createStorage>[0]) => Promise<unknown>;

/** What was asked, and what came of it. The user agent tells which parts of the SDK are at work, and
 * STS's errors are known by their codes, which their classes' names do not repeat exactly. */
async function outcome(aws: Aws, answers: Answer[], changes: Partial<Profile>, work: Work) {
  const responses = answers.map(
    ([status, body, headers]) =>
      () =>
        new Response(body === "" ? null : body, { status, headers: headers ?? {} }),
  );
  const { fetch, asked } = answering(responses);
  const input = { profile: { ...profile, ...changes }, identity: "alice", credentials: async () => credentials, fetch };
  const result = await work(aws.createStorage(input), aws, input).then(
    (value) => ({ value }),
    (error) => ({
      error: toWireError(error),
      name: error.cause?.name?.replace(/Exception$/, ""),
      message: error.cause?.message,
    }),
  );
  const requests = asked.map(({ headers, ...request }) => {
    const sent = Object.fromEntries(headers);
    const signedNames = /SignedHeaders=[^,]+/.exec(sent.authorization ?? "")?.[0];
    return { ...request, headers: { ...sent, "x-amz-user-agent": "", "user-agent": "", authorization: signedNames } };
  });
  return { requests, result };
}

async function expectSame(work: Work, answers: Answer[] = [], changes: Partial<Profile> = {}) {
  const expected = await outcome(whole, answers, changes, work);
  expect(await outcome(trimmed, answers, changes, work)).toEqual(expected);
  return expected;
}

const bucket = (change: Partial<Profile["bucket"]>): Partial<Profile> => ({ bucket: { ...profile.bucket, ...change } });
const profiles: [string, Partial<Profile>][] = [
  ["AWS", {}],
  ["dots in the bucket's name", bucket({ name: "my.files" })],
  [
    "a store without checksums",
    { ...bucket({ checksum: "none", forcePathStyle: true }), endpoints: { s3: "http://127.0.0.1:9000" } },
  ],
  ["China", { region: "cn-north-1" }],
];
const parts = [{ partNumber: 1, size: 5, etag: '"e1"', crc32: "AAAAAA==" }];
const put = {
  path: "a b/ü+é.txt",
  size: 5,
  contentType: "text/plain",
  crc32: "AAAAAA==",
  ifNoneMatch: true,
  metadata: { page: "https://example.com" },
};
const signed: [string, Work][] = [
  ["signPut", ({ files }) => files.signPut(put)],
  ["signPut without checksum", ({ files }) => files.signPut({ ...put, crc32: null, ifNoneMatch: false })],
  ["signGet", ({ files }) => files.signGet({ path: "a", etag: '"e"', range: "bytes=0-9" })],
  ["signCopy", ({ files }) => files.signCopy({ ...put, from: "a ö", etag: '"e"' })],
  ["signCreateUpload", ({ files }) => files.signCreateUpload(put)],
  [
    "signUploadPart",
    ({ files }) => files.signUploadPart({ path: "a", uploadId: "u", partNumber: 1, size: 5, crc32: "AAAAAA==" }),
  ],
  [
    "signCompleteUpload",
    ({ files }) =>
      files.signCompleteUpload({ path: "a", uploadId: "u", parts, size: 5, crc32: "AAAAAA==", ifNoneMatch: true }),
  ],
  ["signAbortUpload", ({ files }) => files.signAbortUpload({ path: "a", uploadId: "u" })],
];

test.each(profiles.flatMap(([where, changes]) => signed.map(([what, work]) => ({ where, what, changes, work }))))(
  "$what for $where is signed the same, byte for byte",
  async ({ changes, work }) => {
    const { result } = await expectSame(work, [], changes);
    expect(result).toHaveProperty("value.headers.authorization");
  },
);

const json = { "content-type": "application/x-amz-json-1.0", "x-amzn-requestid": "R" };
const xml = { "content-type": "application/xml", "x-amz-request-id": "R" };
const list = `<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken><Contents><Key>alice/a%20b</Key><LastModified>2025-01-01T00:00:00.000Z</LastModified><ETag>&quot;e&quot;</ETag><Size>3</Size></Contents><CommonPrefixes><Prefix>alice/d/</Prefix></CommonPrefixes></ListBucketResult>`;
const listedParts = `<ListPartsResult><UploadId>u</UploadId><IsTruncated>false</IsTruncated><Part><PartNumber>1</PartNumber><LastModified>2025-01-01T00:00:00.000Z</LastModified><ETag>"e"</ETag><Size>5</Size><ChecksumCRC32>AAAAAA==</ChecksumCRC32></Part></ListPartsResult>`;
const head = {
  etag: '"e"',
  "content-length": "3",
  "last-modified": "Wed, 01 Jan 2025 00:00:00 GMT",
  "x-amz-checksum-crc32": "AAAAAA==",
  "x-amz-meta-page": "p",
};
const item = JSON.stringify({
  Item: {
    pk: { S: "alice" },
    sk: { S: "s" },
    n: { N: "1.10" },
    b: { B: "AQID" },
    ns: { NS: ["1", "2"] },
    m: { M: { l: { L: [{ NULL: true }, { BOOL: false }] } } },
  },
});
const items = JSON.stringify({
  Items: [{ pk: { S: "alice" }, sk: { S: "s" } }],
  LastEvaluatedKey: { pk: { S: "alice" }, sk: { S: "s" } },
});
const ROLE_ARN = "arn:aws:iam::111122223333:role/holdall";
const role = `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><SubjectFromWebIdentityToken>alice</SubjectFromWebIdentityToken><Credentials><AccessKeyId>A</AccessKeyId><SecretAccessKey>S</SecretAccessKey><SessionToken>T</SessionToken><Expiration>2025-01-02T01:00:00Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`;
const assume: Work = (_, aws, input) =>
  aws.assumeRole({ ...input, roleArn: ROLE_ARN, durationSeconds: 900, idToken: "token", sessionName: "holdall" });
const sent: [string, Work, Answer][] = [
  ["files.list", ({ files }) => files.list({ prefix: "" }), [200, list, xml]],
  ["files.head", ({ files }) => files.head("a"), [200, "", head]],
  [
    "files.delete",
    ({ files }) => files.delete({ path: "a", etag: '"e"' }),
    [204, "", { "x-amz-delete-marker": "true", "x-amz-version-id": "v" }],
  ],
  ["files.listParts", ({ files }) => files.listParts({ path: "a", uploadId: "u" }), [200, listedParts, xml]],
  ["items.get", ({ items }) => items.get("s"), [200, item, json]],
  ["items.list", ({ items }) => items.list({ prefix: "s" } as never), [200, items, json]],
  ["items.putIndexItem", ({ items }) => items.putIndexItem("holdall#x", { n: { N: "1" } }), [200, "{}", json]],
  ["assumeRole", assume, [200, role, { "content-type": "text/xml" }]],
];

test.each(sent)("%s asks and reads the same", async (_, work, answer) => {
  const { requests, result } = await expectSame(work, [answer]);
  expect(requests).toHaveLength(1);
  expect(result).toHaveProperty("value");
});

const s3Codes = [
  "NoSuchKey",
  "NoSuchBucket",
  "AccessDenied",
  "InvalidObjectState",
  "NotFound",
  "ExpiredToken",
  "NoSuchUpload",
  "PermanentRedirect",
];
const dynamoDbCodes = [
  "ConditionalCheckFailedException",
  "ResourceNotFoundException",
  "ItemCollectionSizeLimitExceededException",
  "ValidationException",
  "AccessDeniedException",
  "TransactionConflictException",
  "LimitExceededException",
  "RequestLimitExceeded",
  "InternalServerError",
  "ThrottlingException",
  "ReplicatedWriteConflictException",
];
const stsCodes = [
  "InvalidIdentityToken",
  "ExpiredTokenException",
  "IDPRejectedClaim",
  "IDPCommunicationError",
  "MalformedPolicyDocument",
  "PackedPolicyTooLarge",
  "RegionDisabledException",
  "AccessDenied",
];
const s3Error = (code: string) =>
  `<Error><Code>${code}</Code><Message>No ${code}.</Message><Region>eu-west-1</Region><BucketName>b</BucketName><RequestId>R</RequestId></Error>`;
const stsError = (code: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>No ${code}.</Message></Error><RequestId>R</RequestId></ErrorResponse>`;
const dynamoDbError = (code: string) =>
  JSON.stringify({
    __type: `com.amazonaws.dynamodb.v20120810#${code}`,
    message: `No ${code}.`,
    Item: { n: { N: "1" } },
  });
const thrice = (answer: Answer): Answer[] => Array.from({ length: 9 }, () => answer);
const refused: [string, Work, Answer][] = [
  ...s3Codes.map((code): [string, Work, Answer] => [
    `S3's ${code}`,
    ({ files }) => files.list({ prefix: "" }),
    [404, s3Error(code), xml],
  ]),
  ...dynamoDbCodes.map((code): [string, Work, Answer] => [
    `DynamoDB's ${code}`,
    ({ items }) => items.get("s"),
    [400, dynamoDbError(code), json],
  ]),
  ...stsCodes.map((code): [string, Work, Answer] => [
    `STS's ${code}`,
    assume,
    [400, stsError(code), { "content-type": "text/xml" }],
  ]),
  ["a HEAD of what is not there", ({ files }) => files.head("a"), [404, "", {}]],
  ["an S3 that is down", ({ files }) => files.list({ prefix: "" }), [503, s3Error("SlowDown"), xml]],
];

test.each(refused)("%s is the same error, after as many attempts", async (_, work, answer) => {
  const { result } = await expectSame(work, thrice(answer));
  expect(result).toHaveProperty("error.code");
});
