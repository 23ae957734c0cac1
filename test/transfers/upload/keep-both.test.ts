import { expect, it } from "vitest";
import { nextName } from "../../../src/transfers/upload/keep-both.ts";

it.each([
  ["a.txt", "a (2).txt"],
  ["a (2).txt", "a (3).txt"],
  ["docs.d/a", "docs.d/a (2)"],
  ["docs/photo.tar.gz", "docs/photo.tar (2).gz"],
  [".profile", ".profile (2)"],
  ["x/ä 日本 (9).png", "x/ä 日本 (10).png"],
  ["a (02).txt", "a (02) (2).txt"],
])("%s → %s", (path, expected) => {
  expect(nextName(path).path).toBe(expected);
  expect(nextName(path).name).toBe(expected.split("/").at(-1));
});
