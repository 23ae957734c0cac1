import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ChecksumAlgorithm, createHasher, multipartTypes } from "../../../local/s3/checksums/algorithms.ts";
import { combineCrcs } from "../../../local/s3/checksums/combine-crcs.ts";
import { begin, complete, type SentPart, sendPart } from "./multipart-calls.ts";
import { createS3World, type S3World } from "./s3-world.ts";

let world: S3World;
beforeAll(async () => {
  world = await createS3World({ minimumPartSize: 0 });
});
afterAll(() => world.end());

function checksumOf(algorithm: ChecksumAlgorithm, bytes: Uint8Array): string {
  const hasher = createHasher(algorithm);
  hasher.update(bytes);
  return hasher.digest().toString("base64");
}

async function upload(
  algorithm: ChecksumAlgorithm,
  type: string,
  bodies: readonly Uint8Array[],
  said: Record<string, string> = {},
) {
  const key = "checked";
  const name = `x-amz-checksum-${algorithm.toLowerCase()}`;
  const headers = { "x-amz-checksum-algorithm": algorithm, "x-amz-checksum-type": type };
  const uploadId = await begin(world, key, headers);
  const parts: SentPart[] = [];
  for (const [i, body] of bodies.entries()) {
    const value = checksumOf(algorithm, body);
    const sent = await sendPart(world, { key, uploadId, number: i + 1, body, headers: { [name]: value } });
    expect(sent.headers[name]).toBe(value);
    const checksum = `<Checksum${algorithm}>${value}</Checksum${algorithm}>`;
    parts.push({ number: i + 1, etag: sent.headers.etag ?? "", checksum });
  }
  return { name, uploadId, parts, done: await complete(world, { key, uploadId, parts, headers: said }) };
}

const bodies = fc.array(fc.uint8Array({ maxLength: 3000 }), { minLength: 1, maxLength: 6 });
const algorithm = fc.constantFrom<ChecksumAlgorithm>("CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256");

test("an object of any parts is their concatenation, with the right checksum of the right type", async () => {
  await fc.assert(
    fc.asyncProperty(bodies, algorithm, fc.nat(), async (parts, used, choice) => {
      const types = multipartTypes(used);
      const type = types[choice % types.length] ?? "COMPOSITE";
      const whole = Buffer.concat(parts);
      const raw = Buffer.concat(parts.map((part) => Buffer.from(checksumOf(used, part), "base64")));
      const expected = type === "FULL_OBJECT" ? checksumOf(used, whole) : `${checksumOf(used, raw)}-${parts.length}`;
      const said = { "x-amz-mp-object-size": String(whole.length), [`x-amz-checksum-${used.toLowerCase()}`]: expected };
      const { name, done } = await upload(used, type, parts, said);
      expect(done.status).toBe(200);
      expect(done.text).toContain(`<Checksum${used}>${expected}</Checksum${used}><ChecksumType>${type}</ChecksumType>`);
      const read = await world.call({ key: "checked", headers: { "x-amz-checksum-mode": "ENABLED" } });
      expect(read.bytes.equals(whole)).toBe(true);
      expect(read.headers).toMatchObject({ [name]: expected, "x-amz-checksum-type": type });
    }),
    { numRuns: 60 },
  );
});

test("any cut of any bytes combines to the CRC of the whole", () => {
  const crcs = fc.constantFrom<ChecksumAlgorithm>("CRC32", "CRC32C", "CRC64NVME");
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }), crcs, (pieces, used) => {
      const known = pieces.map((piece) => ({ checksum: checksumOf(used, piece), size: piece.length }));
      expect(combineCrcs(used, known)).toBe(checksumOf(used, Buffer.concat(pieces)));
    }),
  );
  expect(() => combineCrcs("SHA256", [])).toThrow(TypeError);
});

test("the check values of the published CRC catalogues", () => {
  const check = Buffer.from("123456789");
  const hex = (used: ChecksumAlgorithm) => Buffer.from(checksumOf(used, check), "base64").toString("hex");
  expect(hex("CRC32")).toBe("cbf43926");
  expect(hex("CRC32C")).toBe("e3069283");
  expect(hex("CRC64NVME")).toBe("ae8b14860a799888");
});

test("10,000 parts of 5 MiB combine within a second", () => {
  const part = { checksum: "y/Q5Jg==", size: 5 << 20 };
  const begun = performance.now();
  combineCrcs(
    "CRC32",
    Array.from({ length: 10_000 }, () => part),
  );
  expect(performance.now() - begun).toBeLessThan(1000);
});

describe("is refused", () => {
  const first = Buffer.from("first");
  const other = Buffer.alloc(4);
  other.writeUInt32BE(crc32("other"));
  const wrong = other.toString("base64");

  test("a full-object checksum of other bytes", async () => {
    const { uploadId, parts, done } = await upload("CRC32", "FULL_OBJECT", [first], { "x-amz-checksum-crc32": wrong });
    expect(done).toMatchObject({ status: 400, error: "BadDigest" });
    const right = { "x-amz-checksum-crc32": checksumOf("CRC32", first), "x-amz-checksum-type": "FULL_OBJECT" };
    expect((await complete(world, { key: "checked", uploadId, parts, headers: right })).status).toBe(200);
  });

  test("a part whose bytes do not fit its checksum", async () => {
    const uploadId = await begin(world, "k", { "x-amz-checksum-algorithm": "CRC32" });
    const headers = { "x-amz-checksum-crc32": wrong };
    expect((await sendPart(world, { key: "k", uploadId, number: 1, body: first, headers })).error).toBe("BadDigest");
    expect((await world.call({ key: "k", query: { uploadId } })).text).not.toContain("<Part>");
  });

  test("a checksum of another algorithm than the upload's", async () => {
    const headers = { "x-amz-checksum-crc32": checksumOf("CRC32", first) };
    for (const [planned, expected] of [
      [{}, "null"],
      [{ "x-amz-checksum-algorithm": "SHA256" }, "sha256"],
    ] as const) {
      const uploadId = await begin(world, "k", planned);
      const answer = await sendPart(world, { key: "k", uploadId, number: 1, body: first, headers });
      expect(answer).toMatchObject({ status: 400, error: "InvalidRequest" });
      expect(answer.text).toContain(`expected checksum Type: ${expected}, actual checksum Type: crc32`);
    }
  });

  test("a composite completion without the parts' checksums, or with wrong ones", async () => {
    const uploadId = await begin(world, "k", { "x-amz-checksum-algorithm": "SHA256" });
    const value = createHash("sha256").update(first).digest("base64");
    const headers = { "x-amz-checksum-sha256": value };
    const sent = await sendPart(world, { key: "k", uploadId, number: 1, body: first, headers });
    const part = { number: 1, etag: sent.headers.etag ?? "" };
    const bare = await complete(world, { key: "k", uploadId, parts: [part] });
    expect(bare).toMatchObject({ status: 400, error: "InvalidRequest" });
    expect(bare.text).toContain("It was missing for part 1");
    const false_ = { ...part, checksum: `<ChecksumSHA256>${wrong}</ChecksumSHA256>` };
    expect((await complete(world, { key: "k", uploadId, parts: [false_] })).error).toBe("InvalidPart");
    const right = { ...part, checksum: `<ChecksumSHA256>${value}</ChecksumSHA256>` };
    const mode = { "x-amz-checksum-type": "FULL_OBJECT" };
    expect((await complete(world, { key: "k", uploadId, parts: [right], headers: mode })).error).toBe("InvalidRequest");
    expect((await complete(world, { key: "k", uploadId, parts: [right] })).status).toBe(200);
  });

  test("a type that the algorithm does not have", async () => {
    await expect(
      begin(world, "k", { "x-amz-checksum-algorithm": "SHA256", "x-amz-checksum-type": "FULL_OBJECT" }),
    ).rejects.toThrow("cannot be used with the sha256 checksum algorithm");
    await expect(begin(world, "k", { "x-amz-checksum-type": "FULL_OBJECT" })).rejects.toThrow("InvalidRequest");
  });
});
