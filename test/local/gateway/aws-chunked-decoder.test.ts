import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Authenticated } from "../../../local/gateway/authenticate.ts";
import { AwsChunkedDecoder } from "../../../local/gateway/aws-chunked-decoder.ts";
import { ChunkSignatures } from "../../../local/gateway/chunk-signatures.ts";
import { signingKey } from "../../../local/gateway/signing.ts";

/** Frames `chunks` as an unsigned client does. */
function frame(chunks: Uint8Array[], trailers: Record<string, string> = {}): Buffer {
  const parts = chunks
    .filter(({ length }) => length > 0)
    .flatMap((chunk) => [`${chunk.length.toString(16)}\r\n`, chunk, "\r\n"]);
  const ends = Object.entries(trailers).map(([name, value]) => `${name}:${value}\r\n`);
  return Buffer.concat([...parts, "0\r\n", ...ends, "\r\n"].map((part) => Buffer.from(part)));
}

/** Feeds `data` in pieces of the given sizes, over and over. */
function inPieces(data: Buffer, sizes: number[]): Readable {
  const pieces: Buffer[] = [];
  for (let at = 0, turn = 0; at < data.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    pieces.push(data.subarray(at, at + size));
    at += size;
  }
  return Readable.from(pieces, { objectMode: false });
}

async function decode(data: Buffer, sizes: number[] = [65_536], signatures: ChunkSignatures | null = null) {
  const trailers: Record<string, string> = {};
  const decoder = new AwsChunkedDecoder(signatures, trailers);
  return { body: await buffer(inPieces(data, sizes).pipe(decoder)), trailers };
}

const bytes = fc.uint8Array({ maxLength: 300 });
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });

test("any bytes in any chunks, arriving in any pieces, come out as they were", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(bytes, { maxLength: 8 }),
      sizes,
      fc.string({ maxLength: 10 }),
      async (chunks, pieces, text) => {
        const value = Buffer.from(text).toString("base64");
        const { body, trailers } = await decode(frame(chunks, { "X-Amz-Checksum-Crc32": value }), pieces);
        expect(body.equals(Buffer.concat(chunks))).toBe(true);
        expect(trailers).toEqual({ "x-amz-checksum-crc32": value });
      },
    ),
  );
});

test("cut anywhere before its end it fails", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(bytes, { minLength: 1, maxLength: 4 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      async (chunks, share) => {
        const whole = frame(chunks);
        const cut = whole.subarray(0, Math.floor(share * whole.length));
        await expect(decode(cut)).rejects.toMatchObject({ name: "AwsError" });
      },
    ),
  );
});

test.each([
  ["a size that is no number", "zz\r\n"],
  ["a negative size", "-1\r\n"],
  ["data longer than its size", "1\r\nab\r\n0\r\n\r\n"],
  ["data behind the end", "0\r\n\r\nmore"],
  ["a line without end", "1".repeat(20_000)],
  ["a bare line feed", "1\na\r\n0\r\n\r\n"],
  ["a trailer without a name", "0\r\n:x\r\n\r\n"],
])("%s is refused", async (_name, text) => {
  await expect(decode(Buffer.from(text))).rejects.toMatchObject({ name: "AwsError" });
});

describe("AWS's own example of a signed upload in chunks", () => {
  // S3 API reference, "Signature calculations for the Authorization header: transferring payload in multiple chunks".
  const scope = { date: "20130524", region: "us-east-1", service: "s3" };
  const caller = {
    signingKey: signingKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", scope),
    seedSignature: "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
    amzDate: "20130524T000000Z",
    scope,
  } as Authenticated;
  const upload = (fill: string) =>
    Buffer.from(
      [
        `10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n${fill.repeat(65_536)}\r\n`,
        `400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n${"a".repeat(1024)}\r\n`,
        "0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n",
      ].join(""),
    );

  test("is accepted", async () => {
    const { body } = await decode(upload("a"), [1000], new ChunkSignatures(caller));
    expect(body.length).toBe(66_560);
  });

  test("is refused when a byte, a signature or the last chunk differs", async () => {
    const good = upload("a").toString();
    const wrong = [
      upload("b").toString(),
      good.replace("ad80", "ad81"),
      good.replace("b6c6", "b6c7"),
      good.replace(/;chunk-signature=0055\w+/, ""),
    ];
    for (const text of wrong) {
      await expect(decode(Buffer.from(text), [1000], new ChunkSignatures(caller))).rejects.toMatchObject({
        name: "AwsError",
      });
    }
  });
});
