import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { digestInPieces, sha256Hex } from "../../../src/captures/take/sha256.ts";

test("is SHA-256, at once and in pieces", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 9000 }), { maxLength: 12 }), async (parts) => {
      const blob = new Blob(parts.map((part) => new Uint8Array(part)));
      const wanted = createHash("sha256").update(Buffer.concat(parts)).digest("hex");
      expect(await sha256Hex(blob)).toBe(wanted);
      expect(Buffer.from(await digestInPieces(blob)).toString("hex")).toBe(wanted);
    }),
  );
});
