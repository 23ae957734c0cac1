import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { OpenUpload } from "../../../local/s3/create-s3-service.ts";
import { type RoleCredentials, refusal, startTestAws, type TestAws } from "../support/test-aws.ts";

const ALICE = "local|alice-7f3a";
const Key = `${ALICE}/big`;
let aws: TestAws;
let alice: RoleCredentials;

beforeAll(async () => {
  aws = await startTestAws();
  alice = await aws.credentialsOf("alice");
});
afterAll(() => aws.dispose());
afterEach(() => aws.control("DELETE", "/faults"));

const fault = (wishes: object) => aws.control("POST", "/faults", wishes);
const uploads = () => aws.control("GET", "/uploads") as Promise<OpenUpload[]>;
const create = (signal?: AbortSignal) =>
  aws
    .s3(alice)
    .send(
      new CreateMultipartUploadCommand({ Bucket: aws.bucket, Key, ChecksumAlgorithm: "CRC32" }),
      signal === undefined ? {} : { abortSignal: signal },
    );
const put = (Body: Buffer) => aws.s3(alice).send(new PutObjectCommand({ Bucket: aws.bucket, Key, Body }));
const read = async () => {
  const answer = await aws.s3(alice).send(new GetObjectCommand({ Bucket: aws.bucket, Key }));
  return { size: answer.ContentLength, bytes: await answer.Body?.transformToByteArray() };
};

describe("uploads in progress", () => {
  test("are told with their parts, until they end", async () => {
    const { UploadId } = await create();
    const one = { Bucket: aws.bucket, Key, UploadId };
    await aws.s3(alice).send(new UploadPartCommand({ ...one, PartNumber: 3, Body: Buffer.alloc(77) }));
    const told = { key: Key, uploadId: UploadId, parts: 1, bytes: 77, answered: true, initiated: expect.any(Number) };
    expect(await uploads()).toEqual([told]);
    await aws.s3(alice).send(new AbortMultipartUploadCommand(one));
    expect(await uploads()).toEqual([]);
  });

  test("of which nobody was told are known as such", async () => {
    await fault({ operation: "CreateMultipartUpload", kind: "cutAfter" });
    await refusal(create());
    await fault({ operation: "CreateMultipartUpload", kind: "cutAfter", afterBytes: 40 });
    await refusal(create());
    await fault({ operation: "CreateMultipartUpload", kind: "delay", ms: 200 });
    await refusal(create(AbortSignal.timeout(50)));
    await expect.poll(uploads).toHaveLength(3);
    expect((await uploads()).map(({ answered }) => answered)).toEqual([false, false, false]);
  });
});

describe("bodies", () => {
  test("cutBefore: an upload of few bytes is cut too", async () => {
    await fault({ operation: "PutObject", kind: "cutBefore", afterBytes: [0, 3] });
    await refusal(put(Buffer.alloc(4)));
    expect((await refusal(read())).status).toBe(403);
    await fault({ operation: "PutObject", kind: "cutBefore", afterBytes: 4 });
    await put(Buffer.alloc(4));
  });

  test("truncate: a download ends early, anywhere, with a whole head", async () => {
    await put(Buffer.alloc(100_000));
    await fault({ operation: "GetObject", kind: "truncate", count: 2 });
    await expect(read()).rejects.toThrow();
    await expect(read()).rejects.toThrow();
    expect((await read()).bytes).toHaveLength(100_000);
  });

  test("slow: an upload is taken, and a download given, at the wanted speed", async () => {
    await fault({ operation: "*", kind: "slow", bytesPerSecond: 400_000, count: 2 });
    const body = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251));
    const started = performance.now();
    await put(body);
    const stored = performance.now();
    const { bytes } = await read();
    const times = [stored - started, performance.now() - stored];
    expect(Math.min(...times)).toBeGreaterThan(230);
    expect(body.equals(bytes ?? Buffer.alloc(0))).toBe(true);
  });

  test("an error may have status 200, and nothing was done", async () => {
    await fault({ operation: "CompleteMultipartUpload", kind: "error", status: 200 });
    const { UploadId } = await create();
    const command = new CompleteMultipartUploadCommand({ Bucket: aws.bucket, Key, UploadId });
    expect(await refusal(aws.s3(alice).send(command))).toMatchObject({ name: "InternalError" });
    expect((await uploads()).some(({ uploadId }) => uploadId === UploadId)).toBe(true);
  });
});

test("requests are counted by operation and status", async () => {
  await aws.control("DELETE", "/requests");
  await put(Buffer.alloc(1));
  await fault({ operation: "PutObject", kind: "throttle" });
  await refusal(put(Buffer.alloc(1)));
  expect(await aws.control("GET", "/requests/count")).toEqual({ "PutObject 200": 1, "PutObject 503": 1 });
  expect(await aws.control("GET", "/requests?operation=GetObject")).toEqual([]);
  expect(await aws.control("GET", "/requests?operation=PutObject")).toHaveLength(2);
});
