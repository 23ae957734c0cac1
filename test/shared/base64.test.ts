import fc from "fast-check";
import { expect, test } from "vitest";
import { base64Of, base64UrlOf, bytesOfBase64, bytesOfBase64Url } from "../../src/shared/base64.ts";

const bytes = fc.uint8Array({ maxLength: 20_000 });

test("bytes are written as Node writes them, and read back", () => {
  fc.assert(
    fc.property(bytes, (some) => {
      expect(base64Of(some)).toBe(Buffer.from(some).toString("base64"));
      expect(bytesOfBase64(base64Of(some))).toEqual(new Uint8Array(some));
    }),
    { numRuns: 50, examples: [[new Uint8Array(0)], [new Uint8Array(8193).fill(255)]] },
  );
});

test("for addresses, too", () => {
  fc.assert(
    fc.property(bytes, (some) => {
      expect(base64UrlOf(some)).toBe(Buffer.from(some).toString("base64url"));
      expect(bytesOfBase64Url(base64UrlOf(some))).toEqual(new Uint8Array(some));
    }),
    { numRuns: 50, examples: [[Uint8Array.of(251, 239, 190, 255)]] },
  );
});

test.each(["*", "a", "aa=a"])("%s is not base64", (text) => {
  expect(() => bytesOfBase64(text)).toThrow();
  expect(() => bytesOfBase64Url(text)).toThrow();
});
