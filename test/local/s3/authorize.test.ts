import { afterAll, beforeAll, expect, test } from "vitest";
import { type Call, createRequest, createS3World, type S3World } from "./s3-world.ts";

let world: S3World;
beforeAll(async () => {
  world = await createS3World();
  await world.call({ method: "PUT", key: "tagged", body: "x", headers: { "x-amz-tagging": "k=v" } });
});
afterAll(() => world.end());

const BUCKET_ARN = "arn:aws:s3:::holdall-test";

async function questions(call: Call): Promise<string[]> {
  const authorizations = await world.service.authorize(createRequest(call));
  return authorizations.map(({ action, resource }) => `${action} ${resource.slice(BUCKET_ARN.length) || "(bucket)"}`);
}

const upload = { uploadId: "u", partNumber: "1" };
const copied = { "x-amz-copy-source": "/holdall-test/from%20here" };

test.each<[string, Call, string[]]>([
  ["GetObject", { key: "a b" }, ["s3:GetObject /a b"]],
  ["GetObject", { key: "a", query: { versionId: "v" } }, ["s3:GetObjectVersion /a"]],
  ["HeadObject", { method: "HEAD", key: "a" }, ["s3:GetObject /a"]],
  ["HeadObject", { method: "HEAD", key: "a", query: { versionId: "v" } }, ["s3:GetObjectVersion /a"]],
  ["PutObject", { method: "PUT", key: "a" }, ["s3:PutObject /a"]],
  [
    "PutObject",
    { method: "PUT", key: "a", headers: { "x-amz-tagging": "k=v" } },
    ["s3:PutObject /a", "s3:PutObjectTagging /a"],
  ],
  ["PutObject", { method: "PUT", key: "a", headers: { "if-match": '"e"' } }, ["s3:PutObject /a", "s3:GetObject /a"]],
  ["PutObject", { method: "PUT", key: "a", headers: { "if-none-match": "*" } }, ["s3:PutObject /a"]],
  ["CopyObject", { method: "PUT", key: "a", headers: copied }, ["s3:PutObject /a", "s3:GetObject /from here"]],
  [
    "CopyObject",
    { method: "PUT", key: "a", headers: { "x-amz-copy-source": "/holdall-test/b?versionId=v" } },
    ["s3:PutObject /a", "s3:GetObjectVersion /b"],
  ],
  [
    "CopyObject",
    { method: "PUT", key: "a", headers: { "x-amz-copy-source": "/holdall-test/tagged" } },
    ["s3:PutObject /a", "s3:GetObject /tagged", "s3:GetObjectTagging /tagged", "s3:PutObjectTagging /a"],
  ],
  [
    "CopyObject",
    {
      method: "PUT",
      key: "a",
      headers: { "x-amz-copy-source": "/holdall-test/tagged", "x-amz-tagging-directive": "REPLACE" },
    },
    ["s3:PutObject /a", "s3:GetObject /tagged"],
  ],
  [
    "UploadPartCopy",
    { method: "PUT", key: "a", query: upload, headers: copied },
    ["s3:PutObject /a", "s3:GetObject /from here"],
  ],
  ["UploadPart", { method: "PUT", key: "a", query: upload }, ["s3:PutObject /a"]],
  ["CreateMultipartUpload", { method: "POST", key: "a", query: { uploads: "" } }, ["s3:PutObject /a"]],
  ["CompleteMultipartUpload", { method: "POST", key: "a", query: { uploadId: "u" } }, ["s3:PutObject /a"]],
  ["AbortMultipartUpload", { method: "DELETE", key: "a", query: { uploadId: "u" } }, ["s3:AbortMultipartUpload /a"]],
  ["ListParts", { key: "a", query: { uploadId: "u" } }, ["s3:ListMultipartUploadParts /a"]],
  ["DeleteObject", { method: "DELETE", key: "a" }, ["s3:DeleteObject /a"]],
  ["DeleteObject", { method: "DELETE", key: "a", query: { versionId: "v" } }, ["s3:DeleteObjectVersion /a"]],
  ["GetObjectTagging", { key: "a", query: { tagging: "" } }, ["s3:GetObjectTagging /a"]],
  ["GetObjectTagging", { key: "a", query: { tagging: "", versionId: "v" } }, ["s3:GetObjectVersionTagging /a"]],
  ["PutObjectTagging", { method: "PUT", key: "a", query: { tagging: "" } }, ["s3:PutObjectTagging /a"]],
  [
    "DeleteObjectTagging",
    { method: "DELETE", key: "a", query: { tagging: "", versionId: "v" } },
    ["s3:DeleteObjectVersionTagging /a"],
  ],
  ["GetObjectAcl", { key: "a", query: { acl: "" } }, ["s3:GetObjectAcl /a"]],
  ["ListObjectsV2", { query: { "list-type": "2" } }, ["s3:ListBucket (bucket)"]],
  ["ListObjects", {}, ["s3:ListBucket (bucket)"]],
  ["HeadBucket", { method: "HEAD" }, ["s3:ListBucket (bucket)"]],
  ["ListObjectVersions", { query: { versions: "" } }, ["s3:ListBucketVersions (bucket)"]],
  ["ListMultipartUploads", { query: { uploads: "" } }, ["s3:ListBucketMultipartUploads (bucket)"]],
  ["GetBucketLocation", { query: { location: "" } }, ["s3:GetBucketLocation (bucket)"]],
  ["GetBucketVersioning", { query: { versioning: "" } }, ["s3:GetBucketVersioning (bucket)"]],
  ["PutBucketPolicy", { method: "PUT", query: { policy: "" } }, ["s3:PutBucketPolicy (bucket)"]],
])("%s %j", async (operation, call, expected) => {
  expect(world.service.operation(createRequest(call))).toBe(operation);
  expect(await questions(call)).toEqual(expected);
});

async function conditions(call: Call) {
  return (await world.service.authorize(createRequest(call)))[0]?.context;
}

test("s3:prefix is there only when the request has a prefix, even an empty one", async () => {
  expect(await conditions({ query: { "list-type": "2" } })).toEqual({});
  expect(await conditions({ query: { "list-type": "2", prefix: "" } })).toEqual({ "s3:prefix": "" });
  const query = { versions: "", prefix: "alice/", delimiter: "/", "max-keys": "5" };
  expect(await conditions({ query })).toEqual({ "s3:prefix": "alice/", "s3:delimiter": "/", "s3:max-keys": "5" });
  // HeadBucket takes no prefix: one that is sent all the same must not open the bucket.
  expect(await conditions({ method: "HEAD", query: { prefix: "alice/" } })).toEqual({});
});

test("what a writer says is there for policies", async () => {
  const headers = { "x-amz-tagging": "a=1&b=2", "x-amz-storage-class": "STANDARD_IA", "if-none-match": "*" };
  expect(await conditions({ method: "PUT", key: "k", headers })).toEqual({
    "s3:RequestObjectTag/a": "1",
    "s3:RequestObjectTag/b": "2",
    "s3:RequestObjectTagKeys": ["a", "b"],
    "s3:x-amz-storage-class": "STANDARD_IA",
    "s3:if-none-match": "*",
  });
  expect(await conditions({ key: "k", query: { versionId: "v" } })).toEqual({ "s3:VersionId": "v" });
});

test("the key is judged as it is stored: decoded once, never normalised", async () => {
  for (const [rawPath, key] of [
    ["/holdall-test/alice/../bob/x", "/alice/../bob/x"],
    ["/holdall-test/alice/%2e%2e/x", "/alice/../x"],
    ["/holdall-test//a", "//a"],
    ["/holdall-test/a%252Fb", "/a%2Fb"],
    ["/holdall-test/a%2Fb", "/a/b"],
    ["/holdall-test/a+b", "/a+b"],
  ] as const) {
    expect(await questions({ rawPath })).toEqual([`s3:GetObject ${key}`]);
  }
});

test("other buckets, and the list of buckets, are asked for by their own name", async () => {
  const [elsewhere] = await world.service.authorize(createRequest({ bucket: "other", key: "a" }));
  expect(elsewhere?.resource).toBe("arn:aws:s3:::other/a");
  const [all] = await world.service.authorize(createRequest({ rawPath: "/" }));
  expect(all).toEqual({ action: "s3:ListAllMyBuckets", resource: "*", context: {} });
});
