import { createHash, randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { Readable } from "node:stream";
import * as s3 from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refusal, startTestAws, type TestAws } from "../support/test-aws.ts";

const MIB = 1024 ** 2;

let aws: TestAws;
let client: s3.S3Client;
let Bucket: string;
let folder: string;
beforeAll(async () => {
  aws = await startTestAws();
  client = aws.s3(await aws.credentialsOf("alice"));
  Bucket = aws.bucket;
  folder = `${aws.info.people.find((person) => person.name === "alice")?.subject}/`;
});
afterAll(() => aws.dispose());

const read = async (Key: string) => {
  const { Body } = await client.send(new s3.GetObjectCommand({ Bucket, Key, ChecksumMode: "ENABLED" }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
};

type Body = NonNullable<s3.PutObjectCommandInput["Body"]>;
test.each<[string, Body, Partial<s3.PutObjectCommandInput>]>([
  ["text", "hello", {}],
  ["nothing", Buffer.alloc(0), {}],
  ["bytes", randomBytes(200_000), { ChecksumAlgorithm: "SHA256" }],
  ["CRC32C", randomBytes(1000), { ChecksumAlgorithm: "CRC32C" }],
  ["CRC64NVME", randomBytes(1000), { ChecksumAlgorithm: "CRC64NVME" }],
  ["SHA-1", randomBytes(1000), { ChecksumAlgorithm: "SHA1" }],
  ["a stream, aws-chunked with a trailer", Readable.from([randomBytes(300_000)]), { ContentLength: 300_000 }],
])("put and get: %s", async (name, Body, more) => {
  const Key = `${folder}${name}`;
  const put = await client.send(new s3.PutObjectCommand({ Bucket, Key, Body, ...more, Metadata: { a: "1" } }));
  const bytes = await read(Key);
  expect(put.ETag).toBe(`"${createHash("md5").update(bytes).digest("hex")}"`);
  const head = await client.send(new s3.HeadObjectCommand({ Bucket, Key, ChecksumMode: "ENABLED" }));
  expect(head).toMatchObject({ ContentLength: bytes.length, Metadata: { a: "1" }, ChecksumType: "FULL_OBJECT" });
  expect(head.ContentEncoding).toBeUndefined();
});

test.each(["a b+c&d=e", "Zoë", "Zoe\u0308", "שלום", "👩‍👩‍👧‍👦", "x//y", "ends/", "\u0001", "100%", "a'b(c)*!"])(
  "the name %j survives put, list, copy, batch deletion",
  async (name) => {
    const Key = `${folder}names/${name}`;
    await client.send(new s3.PutObjectCommand({ Bucket, Key, Body: name }));
    const list = await client.send(
      new s3.ListObjectsV2Command({ Bucket, Prefix: `${folder}names/`, EncodingType: "url" }),
    );
    expect(list.Contents?.map((entry) => decodeURIComponent((entry.Key ?? "").replaceAll("+", " ")))).toEqual([Key]);
    const CopySource = encodeURIComponent(`${Bucket}/${Key}`);
    await client.send(new s3.CopyObjectCommand({ Bucket, Key: `${folder}copied`, CopySource }));
    expect((await read(`${folder}copied`)).toString()).toBe(name);
    const remove = new s3.DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key }] } });
    if (name === "\u0001")
      expect(await refusal(client.send(remove))).toMatchObject({ name: "MalformedXML", status: 400 });
    else expect((await client.send(remove)).Errors).toBeUndefined();
    await client.send(new s3.DeleteObjectCommand({ Bucket, Key }));
  },
);

test("a multipart upload by the SDK's commands, verified by a full-object CRC32 and the object's size", async () => {
  const Key = `${folder}multipart`;
  const bodies = [randomBytes(5 * MIB), randomBytes(5 * MIB), randomBytes(12_345)];
  const whole = Buffer.concat(bodies);
  const begin = new s3.CreateMultipartUploadCommand({
    Bucket,
    Key,
    ChecksumAlgorithm: "CRC32",
    ChecksumType: "FULL_OBJECT",
  });
  const { UploadId } = await client.send(begin);
  const Parts: s3.CompletedPart[] = [];
  for (const [i, Body] of bodies.entries()) {
    const PartNumber = i + 1;
    const part = await client.send(
      new s3.UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body, ChecksumAlgorithm: "CRC32" }),
    );
    Parts.push({ PartNumber, ETag: part.ETag, ChecksumCRC32: part.ChecksumCRC32 });
  }
  const { Parts: listed } = await client.send(new s3.ListPartsCommand({ Bucket, Key, UploadId }));
  expect(listed?.map(({ PartNumber, ETag, ChecksumCRC32 }) => ({ PartNumber, ETag, ChecksumCRC32 }))).toEqual(Parts);
  const end = { Bucket, Key, UploadId, MultipartUpload: { Parts }, ChecksumType: "FULL_OBJECT" as const };
  const wrong = new s3.CompleteMultipartUploadCommand({ ...end, MpuObjectSize: whole.length + 1 });
  expect(await refusal(client.send(wrong))).toMatchObject({ name: "InvalidRequest", status: 400 });
  const done = await client.send(new s3.CompleteMultipartUploadCommand({ ...end, MpuObjectSize: whole.length }));
  expect(done).toMatchObject({ Bucket, Key, ChecksumType: "FULL_OBJECT", ETag: expect.stringMatching(/-3"$/) });
  // The SDK compares the checksum with what it reads.
  expect((await read(Key)).equals(whole)).toBe(true);
  const again = await client.send(new s3.CompleteMultipartUploadCommand(end));
  expect(again.VersionId).toBe(done.VersionId);
  expect(await refusal(client.send(new s3.ListMultipartUploadsCommand({ Bucket })))).toMatchObject({
    name: "AccessDenied",
  });
});

test("versions, markers and tags are read as the SDK's types", async () => {
  const Key = `${folder}versions/a`;
  const first = await client.send(new s3.PutObjectCommand({ Bucket, Key, Body: "one", Tagging: "k=v" }));
  await client.send(new s3.PutObjectCommand({ Bucket, Key, Body: "two" }));
  const { VersionId: marker } = await client.send(new s3.DeleteObjectCommand({ Bucket, Key }));
  const list = await client.send(new s3.ListObjectVersionsCommand({ Bucket, Prefix: `${folder}versions/` }));
  expect(list.Versions?.map((version) => version.IsLatest)).toEqual([false, false]);
  expect(list.Versions?.[0]?.LastModified).toBeInstanceOf(Date);
  expect(list.DeleteMarkers).toEqual([expect.objectContaining({ Key, VersionId: marker, IsLatest: true })]);
  const { VersionId } = first;
  const { TagSet } = await client.send(new s3.GetObjectTaggingCommand({ Bucket, Key, VersionId }));
  expect(TagSet).toEqual([{ Key: "k", Value: "v" }]);
  await client.send(new s3.DeleteObjectCommand({ Bucket, Key, VersionId: marker }));
  const TaggingSet = [{ Key: "größe", Value: "5 + 6" }];
  await client.send(new s3.PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet: TaggingSet } }));
  expect((await client.send(new s3.GetObjectTaggingCommand({ Bucket, Key }))).TagSet).toEqual(TaggingSet);
});

describe("IAM, with the policies that setup renders", () => {
  test("a batch with another's key deletes one's own and names the other", async () => {
    const bob = aws.s3(await aws.credentialsOf("bob"));
    const other = `${aws.info.people.find((person) => person.name === "bob")?.subject}/private`;
    await bob.send(new s3.PutObjectCommand({ Bucket, Key: other, Body: "bob's" }));
    await client.send(new s3.PutObjectCommand({ Bucket, Key: `${folder}mine`, Body: "alice's" }));
    const Delete = { Objects: [{ Key: `${folder}mine` }, { Key: other }] };
    const result = await client.send(new s3.DeleteObjectsCommand({ Bucket, Delete }));
    expect(result.Deleted?.map((deleted) => deleted.Key)).toEqual([`${folder}mine`]);
    expect(result.Errors).toEqual([expect.objectContaining({ Key: other, Code: "AccessDenied" })]);
    const { Body } = await bob.send(new s3.GetObjectCommand({ Bucket, Key: other }));
    expect(await Body?.transformToString()).toBe("bob's");
  });

  test("a missing object is a 403, as lists are allowed by prefix only", async () => {
    const missing = { Bucket, Key: `${folder}missing` };
    expect(await refusal(client.send(new s3.GetObjectCommand(missing)))).toMatchObject({
      name: "AccessDenied",
      status: 403,
    });
    expect(await refusal(client.send(new s3.HeadObjectCommand(missing)))).toMatchObject({ status: 403 });
  });

  test.each([
    ["HeadBucket", new s3.HeadBucketCommand({ Bucket: "holdall-local" })],
    ["GetBucketVersioning", new s3.GetBucketVersioningCommand({ Bucket: "holdall-local" })],
    ["GetBucketPolicy", new s3.GetBucketPolicyCommand({ Bucket: "holdall-local" })],
    ["ListBuckets", new s3.ListBucketsCommand({})],
  ])("%s is denied", async (_, command) => {
    const work = client.send(command as s3.ListBucketsCommand);
    expect((await refusal(work)).status).toBe(403);
  });
});

test("an upload that the client breaks off leaves no object and no bytes", async () => {
  const Key = `${folder}broken`;
  const files = async () => (await readdir(join(aws.dataDir, "s3", "data"), { recursive: true })).length;
  const before = await files();
  // Without this, the SDK signs the CRC32 of an empty body.
  const signer = new s3.S3Client({
    region: aws.region,
    endpoint: aws.info.endpoints.s3,
    forcePathStyle: true,
    credentials: await aws.credentialsOf("alice"),
    requestChecksumCalculation: "WHEN_REQUIRED",
  });
  const url = await getSignedUrl(signer, new s3.PutObjectCommand({ Bucket, Key }));
  const upload = request(url, { method: "PUT", headers: { "content-length": 10 * MIB } });
  upload.on("error", () => {});
  upload.write(randomBytes(3 * MIB));
  await expect.poll(files).toBeGreaterThan(before);
  upload.destroy();
  await expect.poll(files, { timeout: 5000 }).toBeLessThanOrEqual(before + 1);
  expect((await refusal(client.send(new s3.GetObjectCommand({ Bucket, Key })))).status).toBe(403);
});
