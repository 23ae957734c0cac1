import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStorage, type Storage } from "../../src/aws/create-storage.ts";
import type { StoredPart } from "../../src/aws/files/list-parts.ts";
import type { ObjectAction, SignedRequest } from "../../src/aws/files/sign-request.ts";
import { crc32, crc32Base64 } from "../../src/shared/crc32.ts";
import { type LocalWorld, type Person, startLocalWorld } from "./support/local-world.ts";

/** S3 takes no smaller part but the last. */
const partSize = 5 * 1024 ** 2;
const whole = new Uint8Array(partSize + 1000).map((_, index) => (index * 31) % 251);
const partsOfWhole = [whole.subarray(0, partSize), whole.subarray(partSize)];
const path = "big/ü +&'(1).bin";

let world: LocalWorld;
let alice: Person;
let bob: Person;
/** Alice's credentials, on the way into Bob's folder. */
let intruder: Storage;

beforeAll(async () => {
  world = await startLocalWorld();
  [alice, bob] = await Promise.all([world.person("alice"), world.person("bob")]);
  const { credentials } = alice;
  intruder = createStorage({ profile: world.profile, identity: bob.identity, credentials: async () => credentials });
});
afterAll(() => world.close());

interface Reply {
  status: number;
  headers: Record<string, string>;
  bodyText: string;
}

async function send({ url, method, headers, body }: SignedRequest, bytes?: Uint8Array): Promise<Reply> {
  const sent = bytes === undefined ? (body ?? null) : new Uint8Array(bytes);
  const answer = await fetch(url, { method, headers, body: sent });
  return { status: answer.status, headers: Object.fromEntries(answer.headers), bodyText: await answer.text() };
}

const sumOf = (bytes: Uint8Array) => crc32Base64(crc32(bytes));
const explain = (reply: Reply, action: ObjectAction, of = alice.storage) => of.files.explain(reply, { action, path });

async function open(storage = alice.storage): Promise<string> {
  const reply = await send(
    await storage.files.signCreateUpload({ path, contentType: "video/mp4", metadata: { "holdall-transfer": "01J" } }),
  );
  expect(reply.status, reply.bodyText).toBe(200);
  return /<UploadId>([^<]+)/.exec(reply.bodyText)?.[1] ?? "";
}

async function sendPart(uploadId: string, partNumber: number, bytes: Uint8Array, sum = sumOf(bytes)): Promise<Reply> {
  const input = { path, uploadId, partNumber, size: bytes.length, crc32: sum };
  return send(await alice.storage.files.signUploadPart(input), bytes);
}

async function opened(): Promise<{ uploadId: string; parts: StoredPart[] }> {
  const uploadId = await open();
  for (const [index, bytes] of partsOfWhole.entries()) {
    const reply = await sendPart(uploadId, index + 1, bytes);
    expect(reply.headers["x-amz-checksum-crc32"]).toBe(sumOf(bytes));
  }
  return { uploadId, parts: await alice.storage.files.listParts({ path, uploadId }) };
}

async function complete(upload: { uploadId: string; parts: StoredPart[] }, changes: object = {}): Promise<Reply> {
  const input = { path, ...upload, size: whole.length, crc32: sumOf(whole), ifNoneMatch: false, ...changes };
  return send(await alice.storage.files.signCompleteUpload(input));
}

describe("a multipart upload", () => {
  it("arrives with the checksum of the whole, its metadata and its type", async () => {
    const upload = await opened();
    expect(upload.parts).toEqual(
      partsOfWhole.map((bytes, index) => ({
        partNumber: index + 1,
        size: bytes.length,
        etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
        crc32: sumOf(bytes),
      })),
    );
    const reply = await complete(upload, { ifNoneMatch: true });
    expect(reply.status, reply.bodyText).toBe(200);
    expect(reply.bodyText).toContain(`<ChecksumCRC32>${sumOf(whole)}</ChecksumCRC32>`);
    expect(await alice.storage.files.head(path)).toMatchObject({
      size: whole.length,
      crc32: sumOf(whole),
      contentType: "video/mp4",
      metadata: { "holdall-transfer": "01J" },
    });
    const read = await fetch(...requestOf(await alice.storage.files.signGet({ path })));
    expect(Buffer.compare(Buffer.from(await read.arrayBuffer()), Buffer.from(whole))).toBe(0);
  });

  it("does not take the place of what came first", async () => {
    const upload = await opened();
    const reply = await complete(upload, { ifNoneMatch: true });
    expect(reply.status).toBe(412);
    expect(explain(reply, "PutObject")).toMatchObject({ code: "file-exists", facts: { subs: [path] } });
    expect((await complete(upload)).status).toBe(200);
  });

  it("is refused when a part's bytes are not those of its checksum", async () => {
    const uploadId = await open();
    const reply = await sendPart(uploadId, 1, whole.subarray(0, 100), sumOf(whole));
    expect(reply.status).toBe(400);
    expect(explain(reply, "PutObject").code).toBe("checksum-mismatch");
    expect(await alice.storage.files.listParts({ path, uploadId })).toEqual([]);
  });

  it.each<[string, object, string]>([
    ["another size", { size: whole.length - 1 }, "checksum-mismatch"],
    ["another checksum of the whole", { crc32: sumOf(whole.subarray(1)) }, "checksum-mismatch"],
  ])("is not completed with %s, and can be then", async (_, changes, code) => {
    const upload = await opened();
    const reply = await complete(upload, changes);
    expect(reply.status).toBe(400);
    expect(explain(reply, "PutObject").code).toBe(code);
    expect((await complete(upload)).status).toBe(200);
  });

  it("is not completed with parts that S3 does not hold as they are named, are too small or out of order", async () => {
    const upload = await opened();
    const [first, second] = upload.parts as [StoredPart, StoredPart];
    const etag = '"00000000000000000000000000000000"';
    expect(explain(await complete({ ...upload, parts: [first, { ...second, etag }] }), "PutObject").code).toBe(
      "checksum-mismatch",
    );
    expect(explain(await complete({ ...upload, parts: [second, first] }), "PutObject")).toMatchObject({
      code: "internal",
      facts: { awsCode: "InvalidPartOrder" },
    });
    await sendPart(upload.uploadId, 3, whole.subarray(0, 10));
    const parts = await alice.storage.files.listParts({ path, uploadId: upload.uploadId });
    expect(explain(await complete({ ...upload, parts }), "PutObject")).toMatchObject({
      code: "internal",
      facts: { awsCode: "EntityTooSmall" },
    });
  });

  it("is gone after its abortion, for everything", async () => {
    const { uploadId, parts } = await opened();
    const abort = async () => send(await alice.storage.files.signAbortUpload({ path, uploadId }));
    expect((await abort()).status).toBe(204);
    const again = await abort();
    expect(again.status).toBe(404);
    expect(explain(again, "AbortMultipartUpload").code).toBe("upload-missing");
    expect(explain(await sendPart(uploadId, 1, whole.subarray(0, 9)), "PutObject").code).toBe("upload-missing");
    expect(explain(await complete({ uploadId, parts }), "PutObject").code).toBe("upload-missing");
    await expect(alice.storage.files.listParts({ path, uploadId })).rejects.toMatchObject({ code: "upload-missing" });
  });

  it("lists more parts than a page holds", async () => {
    const uploadId = await open();
    const count = 1203;
    for (let from = 1; from <= count; from += 100) {
      const numbers = Array.from({ length: Math.min(100, count + 1 - from) }, (_, index) => from + index);
      await Promise.all(numbers.map((number) => sendPart(uploadId, number, whole.subarray(0, number % 7))));
    }
    const parts = await alice.storage.files.listParts({ path, uploadId });
    expect(parts.map(({ partNumber }) => partNumber)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    for (const { partNumber, size, crc32: sum } of parts) {
      expect([size, sum]).toEqual([partNumber % 7, sumOf(whole.subarray(0, partNumber % 7))]);
    }
  }, 30_000);
});

describe("somebody else's uploads", () => {
  it("are out of reach, each beside its permitted twin", async () => {
    const uploadId = await open(bob.storage);
    const one = { path, uploadId };
    const part = { ...one, partNumber: 1, size: 3, crc32: sumOf(whole.subarray(0, 3)) };
    const bytes = whole.subarray(0, 3);
    const finish = { ...one, parts: [], size: 3, crc32: sumOf(bytes), ifNoneMatch: false };
    const twins: [(files: Storage["files"]) => Promise<SignedRequest>, Uint8Array?][] = [
      [(files) => files.signCreateUpload({ path, contentType: "" })],
      [(files) => files.signUploadPart(part), bytes],
      [async (files) => files.signCompleteUpload({ ...finish, parts: await bob.storage.files.listParts(one) })],
    ];
    for (const [make, body] of twins) {
      expect(explain(await send(await make(intruder.files), body), "PutObject", intruder)).toMatchObject({
        code: "access-denied",
        facts: { subs: ["s3:PutObject", expect.stringContaining(bob.identity)] },
      });
      await expect(intruder.files.listParts(one)).rejects.toMatchObject({
        code: "access-denied",
        facts: { subs: ["s3:ListMultipartUploadParts", expect.stringContaining(bob.identity)] },
      });
      expect((await send(await make(bob.storage.files), body)).status).toBe(200);
    }
  });

  it("cannot be aborted", async () => {
    const one = { path, uploadId: await open(bob.storage) };
    const refused = await send(await intruder.files.signAbortUpload(one));
    expect(explain(refused, "AbortMultipartUpload", intruder)).toMatchObject({
      code: "access-denied",
      facts: { subs: ["s3:AbortMultipartUpload", expect.any(String)] },
    });
    expect(await bob.storage.files.listParts(one)).toEqual([]);
    expect((await send(await bob.storage.files.signAbortUpload(one))).status).toBe(204);
  });
});

function requestOf({ url, method, headers }: SignedRequest): [string, RequestInit] {
  return [url, { method, headers }];
}
