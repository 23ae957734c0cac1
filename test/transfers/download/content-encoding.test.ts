import { expect, it } from "vitest";
import { arrivesDecoded } from "../../../src/transfers/download/content-encoding.ts";

it.each([
  [null, false],
  [undefined, false],
  ["", false],
  ["identity", false],
  ["aws-chunked", false],
  ["utf-8", false],
  ["gzip", true],
  ["GZIP", true],
  ["aws-chunked, br", true],
  ["zstd,aws-chunked", true],
])("%j is decoded on its way: %s", (contentEncoding, decoded) => {
  expect(arrivesDecoded(contentEncoding)).toBe(decoded);
});
