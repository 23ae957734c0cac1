import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { QuickSha256 } from "../../src/aws/quick-sha256.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const parts = fc.array(fc.uint8Array({ maxLength: 12_000 }), { maxLength: 4 });

async function digest(pieces: Uint8Array[], secret?: string | Uint8Array): Promise<string> {
  const hash = new QuickSha256(secret);
  for (const piece of pieces) hash.update(piece);
  return hex(await hash.digest());
}

test("is SHA-256, of short and of long data, in any pieces", async () => {
  await fc.assert(
    fc.asyncProperty(parts, async (pieces) => {
      expect(await digest(pieces)).toBe(createHash("sha256").update(Buffer.concat(pieces)).digest("hex"));
    }),
  );
});

test("is HMAC-SHA-256 with a secret, as text or bytes", async () => {
  const secrets = fc.oneof(fc.string({ minLength: 1, unit: "grapheme" }), fc.uint8Array({ minLength: 1 }));
  await fc.assert(
    fc.asyncProperty(parts, secrets, async (pieces, secret) => {
      expect(await digest(pieces, secret)).toBe(
        createHmac("sha256", secret).update(Buffer.concat(pieces)).digest("hex"),
      );
    }),
  );
});

test("begins anew after a reset", async () => {
  const hash = new QuickSha256();
  hash.update(new Uint8Array([1, 2, 3]));
  hash.reset();
  expect(hex(await hash.digest())).toBe(createHash("sha256").digest("hex"));
});
