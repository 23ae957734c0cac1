import { expect, test } from "vitest";
import { percentDecoded } from "../../src/shared/percent-decoded.ts";

test.each([
  ["caf%C3%A9%20menu", "café menu"],
  ["100%", "100%"],
  ["50%25 %zz", "50%25 %zz"],
  ["%E0%A4", "%E0%A4"],
  ["", ""],
])("%s is read as %s", (text, read) => {
  expect(percentDecoded(text)).toBe(read);
});
