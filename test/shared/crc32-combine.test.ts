import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32 } from "../../src/shared/crc32.ts";
import { crc32Combine } from "../../src/shared/crc32-combine.ts";

describe("the CRC-32 of a concatenation", () => {
  it("is that of the bytes in a row", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), (a, b) => {
        const whole = crc32(new Uint8Array([...a, ...b]));
        expect(crc32Combine(crc32(a), crc32(b), b.length)).toBe(whole);
      }),
    );
  });

  it("holds for any number of pieces of any size", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 70 }), { maxLength: 12 }), (pieces) => {
        const whole = new Uint8Array(pieces.flatMap((piece) => [...piece]));
        const combined = pieces.reduce((sum, piece) => crc32Combine(sum, crc32(piece), piece.length), 0);
        expect(combined).toBe(crc32(whole));
      }),
    );
  });

  it("holds for sizes beyond 32 bits", () => {
    // Zeros of 2^k bytes, each twice the one before, by the law for short ones.
    const zeros = [crc32(new Uint8Array(1))];
    for (let k = 0; k < 45; k++) zeros.push(crc32Combine(zeros[k] ?? 0, zeros[k] ?? 0, 2 ** k));
    expect(zeros[16]).toBe(crc32(new Uint8Array(2 ** 16)));
    const first = crc32(new Uint8Array([1, 2, 3]));
    // 2^41 + 2^33 + 1 zeros at once, and one after the other.
    const [a = 0, b = 0, c = 0] = [zeros[41], zeros[33], zeros[0]];
    const tail = crc32Combine(crc32Combine(a, b, 2 ** 33), c, 1);
    const apart = crc32Combine(crc32Combine(crc32Combine(first, a, 2 ** 41), b, 2 ** 33), c, 1);
    expect(crc32Combine(first, tail, 2 ** 41 + 2 ** 33 + 1)).toBe(apart);
  });
});
