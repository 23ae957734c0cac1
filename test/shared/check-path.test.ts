import { describe, expect, it } from "vitest";
import { checkPath } from "../../src/shared/check-path.ts";

const codeOf = (path: string) => {
  try {
    checkPath("local|alice", path);
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe("checkPath", () => {
  it.each([
    ["", null],
    ["photos/", null],
    ["a//b", null],
    ["..hidden/…", null],
    ["..", "name-dot-segment"],
    ["a/./b", "name-dot-segment"],
    ["/a", "name-leading-slash"],
    ["a\nb", "name-control-character"],
    ["a\ud800", "name-malformed"],
    ["x".repeat(1024 - "local|alice/".length), null],
    ["x".repeat(1025 - "local|alice/".length), "name-too-long"],
    ["ä".repeat(506), null],
    ["ä".repeat(507), "name-too-long"],
  ])("%j: %s", (path, code) => expect(codeOf(path)).toBe(code));
});
