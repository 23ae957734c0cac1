import { crc32 as zlibCrc32 } from "node:zlib";
import fc from "fast-check";
import { expect, it } from "vitest";
import { crc32, crc32Base64 } from "../../src/shared/crc32.ts";

/** Bit by bit, as the standard describes it; `zlib.crc32` is there from Node 20.15. */
function reference(bytes: Uint8Array): number {
  if (typeof zlibCrc32 === "function") return zlibCrc32(bytes);
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

it("has the check value of the standard", () => {
  expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
  expect(crc32Base64(0xcbf43926)).toBe("y/Q5Jg==");
  expect(crc32Base64(crc32(new Uint8Array()))).toBe("AAAAAA==");
});

it("agrees with zlib, at any alignment and in any pieces", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(20), fc.nat(300), (bytes, offset, cut) => {
      const shifted = new Uint8Array(bytes.length + offset);
      shifted.set(bytes, offset);
      const view = shifted.subarray(offset);
      expect(crc32(view)).toBe(reference(bytes));
      expect(crc32(view.subarray(cut), crc32(view.subarray(0, cut)))).toBe(reference(bytes));
    }),
  );
});
