import {
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refusal, startTestAws, type TestAws } from "../support/test-aws.ts";

const ALICE = "local|alice-7f3a";
const BOB = "local|bob-c21d";
let aws: TestAws;
let s3: S3Client;

beforeAll(async () => {
  aws = await startTestAws();
  // What is refused must exist, or the refusal proves nothing.
  for (const [person, subject] of [
    ["alice", ALICE],
    ["bob", BOB],
  ] as const) {
    const credentials = await aws.credentialsOf(person);
    await aws
      .s3(credentials)
      .send(new PutObjectCommand({ Bucket: aws.bucket, Key: `${subject}/note.txt`, Body: person }));
  }
  s3 = aws.s3(await aws.credentialsOf("alice"));
});
afterAll(() => aws.dispose());

describe("objects: one's own allowed, another's denied", () => {
  const cases: [string, (owner: string) => Promise<unknown>][] = [
    ["get", (owner) => s3.send(new GetObjectCommand({ Bucket: aws.bucket, Key: `${owner}/note.txt` }))],
    ["head", (owner) => s3.send(new HeadObjectCommand({ Bucket: aws.bucket, Key: `${owner}/note.txt` }))],
    ["put", (owner) => s3.send(new PutObjectCommand({ Bucket: aws.bucket, Key: `${owner}/new.txt`, Body: "x" }))],
    ["delete", (owner) => s3.send(new DeleteObjectCommand({ Bucket: aws.bucket, Key: `${owner}/new.txt` }))],
    ["tags", (owner) => s3.send(new GetObjectTaggingCommand({ Bucket: aws.bucket, Key: `${owner}/note.txt` }))],
    [
      "begin an upload",
      (owner) => s3.send(new CreateMultipartUploadCommand({ Bucket: aws.bucket, Key: `${owner}/big` })),
    ],
    [
      "copy from",
      (owner) =>
        s3.send(
          new CopyObjectCommand({
            Bucket: aws.bucket,
            Key: `${ALICE}/copy.txt`,
            CopySource: `${aws.bucket}/${encodeURIComponent(`${owner}/note.txt`)}`,
          }),
        ),
    ],
    [
      "copy to",
      (owner) =>
        s3.send(
          new CopyObjectCommand({
            Bucket: aws.bucket,
            Key: `${owner}/copy.txt`,
            CopySource: `${aws.bucket}/${encodeURIComponent(`${ALICE}/note.txt`)}`,
          }),
        ),
    ],
    ["list", (owner) => s3.send(new ListObjectsV2Command({ Bucket: aws.bucket, Prefix: `${owner}/` }))],
    ["list a folder", (owner) => s3.send(new ListObjectsV2Command({ Bucket: aws.bucket, Prefix: `${owner}/apps/` }))],
    ["list versions", (owner) => s3.send(new ListObjectVersionsCommand({ Bucket: aws.bucket, Prefix: `${owner}/` }))],
  ];
  test.each(cases)("%s", async (_name, ask) => {
    await ask(ALICE);
    expect((await refusal(ask(BOB))).status).toBe(403);
    expect((await refusal(ask(`${ALICE}x`))).status).toBe(403);
  });

  test("a batch deletion removes one's own and refuses another's, key by key", async () => {
    await s3.send(new PutObjectCommand({ Bucket: aws.bucket, Key: `${ALICE}/gone.txt`, Body: "x" }));
    const Objects = [{ Key: `${ALICE}/gone.txt` }, { Key: `${BOB}/note.txt` }];
    const answer = await s3.send(new DeleteObjectsCommand({ Bucket: aws.bucket, Delete: { Objects } }));
    expect(answer.Deleted?.map(({ Key }) => Key)).toEqual([`${ALICE}/gone.txt`]);
    expect(answer.Errors).toMatchObject([{ Key: `${BOB}/note.txt`, Code: "AccessDenied" }]);
  });

  test.each([undefined, "", "local|", ALICE, BOB, `/${ALICE}/`])("a list with the prefix %s", async (Prefix) => {
    const refused = await refusal(
      s3.send(new ListObjectsV2Command({ Bucket: aws.bucket, ...(Prefix !== undefined && { Prefix }) })),
    );
    expect(refused).toMatchObject({ name: "AccessDenied", status: 403 });
    expect(refused.message).toContain("s3:ListBucket");
  });

  test("other people's uploads cannot be listed, even with one's own prefix", async () => {
    const uploads = new ListMultipartUploadsCommand({ Bucket: aws.bucket, Prefix: `${ALICE}/` });
    expect(await refusal(s3.send(uploads))).toMatchObject({ name: "AccessDenied" });
  });

  test("another bucket", async () => {
    const elsewhere = new PutObjectCommand({ Bucket: "holdall-other", Key: `${ALICE}/x`, Body: "x" });
    expect(await refusal(s3.send(elsewhere))).toMatchObject({ name: "AccessDenied", status: 403 });
  });

  test("the refusal says who, what and where, as AWS does", async () => {
    const { message } = await refusal(s3.send(new GetObjectCommand({ Bucket: aws.bucket, Key: `${BOB}/note.txt` })));
    expect(message).toBe(
      `User: arn:aws:sts::111122223333:assumed-role/holdall-person/test is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::holdall-local/${BOB}/note.txt" because no identity-based policy allows the s3:GetObject action`,
    );
  });

  test.each([`${ALICE}/../${BOB}/note.txt`, `${ALICE}/%2e%2e/${BOB}/note.txt`, `${ALICE}%2f..%2f${BOB}%2fnote.txt`])(
    "a key with dot segments is that key and nothing else: %s",
    async (Key) => {
      const outcome = await s3.send(new GetObjectCommand({ Bucket: aws.bucket, Key })).then(
        () => "read",
        (error: Error) => error.name,
      );
      expect(outcome).toMatch(/^(NoSuchKey|AccessDenied)$/);
    },
  );
});
