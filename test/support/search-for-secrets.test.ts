import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { unpackLz4Block } from "./decompressed.ts";
import { searchForSecrets } from "./search-for-secrets.ts";

const SECRET = "eyJhbGciOiJSUzI1NiJ9.canary/+Zk3Q9xVw7LmT2sRb";

/** lz4 by hand: one sequence of literals alone. */
function mozLz4(text: string): Buffer {
  const literals = Buffer.from(text);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(literals.length);
  return Buffer.concat([Buffer.from("mozLz40\0"), size, Buffer.from([0xf0, literals.length - 15]), literals]);
}

const HIDING_PLACES: Record<string, Buffer> = {
  "utf-8 amid other bytes": Buffer.concat([Buffer.alloc(5000, 0xff), Buffer.from(SECRET), Buffer.alloc(10)]),
  "utf-16": Buffer.from(`x${SECRET}`, "utf16le"),
  "utf-16 at an odd offset": Buffer.concat([Buffer.from([1]), Buffer.from(SECRET, "utf16le")]),
  "only its end, as block compression leaves it": Buffer.from(`\x05\x11${SECRET.slice(-20)}`),
  "percent-encoded": Buffer.from(`https://x.example/?token=${encodeURIComponent(SECRET)}`),
  gzip: gzipSync(SECRET),
  "gzip after a header, cut short": Buffer.concat([
    Buffer.from("header"),
    gzipSync(SECRET + "z".repeat(10)).subarray(0, -6),
  ]),
  "Firefox's lz4": mozLz4(`{"cookies":"${SECRET}"}`),
  "base64 of more": Buffer.from(Buffer.from(`{"token":"${SECRET}"}`).toString("base64")),
  "base64 of more, one further": Buffer.from(Buffer.from(`{"token": "${SECRET}"}`).toString("base64")),
  "base64 of more, two further": Buffer.from(Buffer.from(`{ "token": "${SECRET}"}`).toString("base64")),
};

describe("searchForSecrets", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "holdall-secrets-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each(Object.entries(HIDING_PLACES))("finds a secret: %s", async (_place, bytes) => {
    await writeFile(join(folder, "file"), bytes);
    expect(await searchForSecrets(folder, { token: SECRET })).toContainEqual(
      expect.objectContaining({ secret: "token", file: "file" }),
    );
  });

  test("finds nothing where nothing is", async () => {
    await writeFile(join(folder, "file"), `${SECRET.slice(0, -1)} ${gzipSync("other").toString("latin1")}`);
    expect(await searchForSecrets(folder, { token: SECRET })).toEqual([]);
  });

  test("refuses a secret that chance could find", async () => {
    await expect(searchForSecrets(folder, { token: "short" })).rejects.toThrow(RangeError);
  });
});

test("lz4: a match may overlap what it writes", () => {
  // "ab" as literals, then a match of 6 bytes from 2 back, then the literal "!".
  const block = Buffer.from([0x22, 0x61, 0x62, 0x02, 0x00, 0x10, 0x21]);
  expect(unpackLz4Block(block, 9).toString()).toBe("abababab!");
});
