import { expect, it } from "vitest";
import { shown, wellFormed } from "../../src/captures/shown-address.ts";

it("what is kept of an address has no password, fragment or content", () => {
  expect(shown("https://me:pw@x.test/a?b=1#c")).toBe("https://x.test/a?b=1");
  expect(shown(`data:image/png;base64,${"A".repeat(9000)}`)).toBe("data:image/png;base64,");
  expect(shown(`https://x.test/${"a".repeat(9000)}`)).toHaveLength(2048);
});

it("what is kept of an address is kept again as it is", () => {
  for (const address of ["https://x.test/ü?q=ü#c", `https://x.test/${"ü".repeat(3000)}`, "data:,a", "no address"]) {
    expect(shown(shown(address))).toBe(shown(address));
  }
});

it("halves of surrogate pairs do not stay", () => {
  expect(wellFormed("a\ud83d\ude00")).toBe("a\ud83d\ude00");
  expect(wellFormed("a\ud83d")).toBe("a\ufffd");
  expect(shown("\udc00")).toBe("\ufffd");
});
