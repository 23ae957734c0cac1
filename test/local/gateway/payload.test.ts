import { createHash } from "node:crypto";
import { Agent, request } from "node:http";
import { Readable } from "node:stream";
import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RoleCredentials, refusal, startTestAws, type TestAws } from "../support/test-aws.ts";

const ALICE = "local|alice-7f3a";
let aws: TestAws;
let alice: RoleCredentials;

beforeAll(async () => {
  aws = await startTestAws();
  alice = await aws.credentialsOf("alice");
});
afterAll(() => aws.dispose());

const named = (key: string) => ({ Bucket: aws.bucket, Key: `${ALICE}/${key}` });
const bytes = async (key: string) => {
  const { Body } = await aws.s3(alice).send(new GetObjectCommand(named(key)));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
};

/** A client that changes the body on its way out, after it was signed. */
function swappingClient(swap: (body: unknown) => unknown): S3Client {
  const client = aws.s3(alice);
  client.middlewareStack.add(
    (next) => (args) => {
      const sent = args.request as { body: unknown };
      sent.body = swap(sent.body);
      return next(args);
    },
    { step: "finalizeRequest", priority: "low", name: "swap" },
  );
  return client;
}

test("a body that is not the signed one is refused, and nothing is stored", async () => {
  await aws.s3(alice).send(new PutObjectCommand({ ...named("signed"), Body: "hello" }));
  const client = swappingClient(() => "jello");
  client.config.requestChecksumCalculation = async () => "WHEN_REQUIRED";
  const refused = await refusal(client.send(new PutObjectCommand({ ...named("signed"), Body: "hello" })));
  expect(refused).toMatchObject({ name: "XAmzContentSHA256Mismatch", status: 400 });
  expect((await bytes("signed")).toString()).toBe("hello");
});

test("a stream goes out in aws-chunked framing and comes back as it was, without the framing's headers", async () => {
  const parts = [Buffer.alloc(70_000, "a"), Buffer.alloc(3, "b"), Buffer.alloc(200_000, "c")];
  const whole = Buffer.concat(parts);
  const client = aws.s3(alice);
  let framing = "";
  client.middlewareStack.add(
    (next) => (args) => {
      framing = (args.request as { headers: Record<string, string> }).headers["x-amz-content-sha256"] ?? "";
      return next(args);
    },
    { step: "finalizeRequest", priority: "low", name: "look" },
  );
  await client.send(
    new PutObjectCommand({ ...named("stream"), Body: Readable.from(parts), ContentLength: whole.length }),
  );
  expect(framing).toBe("STREAMING-UNSIGNED-PAYLOAD-TRAILER");
  const stored = await aws.s3(alice).send(new GetObjectCommand(named("stream")));
  expect(stored.ContentEncoding).toBeUndefined();
  expect(stored.ContentLength).toBe(whole.length);
  expect((await bytes("stream")).equals(whole)).toBe(true);
});

/** PUTs over a socket of its own, so that the body may end early or never fit. */
function rawPut(
  url: URL,
  headers: Record<string, string | number>,
  body: Buffer,
  { cut = false, agent = false }: { cut?: boolean; agent?: Agent | false } = {},
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: "PUT", headers, agent }, (answer) => {
      let text = "";
      answer.on("data", (chunk) => {
        text += chunk;
      });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    outgoing.on("error", reject);
    outgoing.write(body, () => (cut ? outgoing.destroy() : outgoing.end()));
  });
}

async function presignedPut(key: string): Promise<URL> {
  const client = aws.s3(alice);
  client.config.requestChecksumCalculation = async () => "WHEN_REQUIRED";
  return new URL(await getSignedUrl(client, new PutObjectCommand(named(key))));
}

test("a connection that ends in the middle of an upload leaves nothing behind", async () => {
  const url = await presignedPut("short");
  await expect(rawPut(url, { "content-length": 100_000 }, Buffer.alloc(50_000), { cut: true })).rejects.toThrow();
  expect((await rawPut(await presignedPut("full"), { "content-length": 50_000 }, Buffer.alloc(50_000))).status).toBe(
    200,
  );
  expect((await refusal(aws.s3(alice).send(new GetObjectCommand(named("short"))))).status).toBeGreaterThanOrEqual(403);
  expect(await bytes("full")).toHaveLength(50_000);
});

test("a large upload that is refused gets its answer, not a broken connection", async () => {
  const url = await presignedPut("large");
  url.searchParams.set("X-Amz-Signature", "0".repeat(64));
  const body = Buffer.alloc(20_000_000);
  const answer = await rawPut(url, { "content-length": body.length }, body);
  expect(answer.status).toBe(403);
  expect(answer.text).toContain("SignatureDoesNotMatch");
});

test("so does one whose signature is good and whose key is another's", async () => {
  const client = aws.s3(alice);
  client.config.requestChecksumCalculation = async () => "WHEN_REQUIRED";
  const command = new PutObjectCommand({ Bucket: aws.bucket, Key: "local|bob-c21d/large" });
  const body = Buffer.alloc(20_000_000);
  // One connection: the second request waits until the first body is out of the way.
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const url = new URL(await getSignedUrl(client, command));
  for (const _attempt of [1, 2]) {
    const answer = await rawPut(url, { "content-length": body.length }, body, { agent });
    expect(answer.status).toBe(403);
    expect(answer.text).toContain("not authorized to perform: s3:PutObject");
  }
  agent.destroy();
});

test("64 MiB come back byte for byte, through little memory", async () => {
  const block = createHash("sha512").update("block").digest();
  const body = Buffer.alloc(64 * 1024 ** 2, block);
  const before = process.memoryUsage().arrayBuffers;
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().arrayBuffers);
  }, 5);
  const answer = await rawPut(await presignedPut("big"), { "content-length": body.length }, body);
  clearInterval(watch);
  expect(answer.status).toBe(200);
  // Client and server share this process: the client's own queue is the body once.
  expect(peak - before).toBeLessThan(48 * 1024 ** 2);
  expect((await bytes("big")).equals(body)).toBe(true);
});
