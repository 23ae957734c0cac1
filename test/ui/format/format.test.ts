import "../fake-extension.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byteSize, sizeInFull, utf8Length } from "../../../src/ui/format/byte-size.ts";
import { baseName, extensionOf, fileIcon } from "../../../src/ui/format/file-kind.ts";
import { itemSummary } from "../../../src/ui/format/item-summary.ts";
import { relativeTime } from "../../../src/ui/format/relative-time.ts";

describe("sizes", () => {
  test.each([
    [0, "0 bytes"],
    [1, "1 byte"],
    [999, "999 bytes"],
    [1000, "1 kB"],
    [1234, "1.2 kB"],
    [9_960, "10 kB"],
    [999_499, "999 kB"],
    [999_500, "1 MB"],
    [1_234_567, "1.2 MB"],
    [184_200_440, "184 MB"],
    [5_497_558_138_880, "5.5 TB"],
    [48_800_000_000_000_000, "48,800 TB"],
  ])("%d is %s", (bytes, text) => {
    expect(byteSize(bytes)).toBe(text);
  });

  test("in full they have every digit, once", () => {
    expect(sizeInFull(1_234_567)).toBe("1.2 MB (1,234,567 bytes)");
    expect(sizeInFull(999)).toBe("999 bytes");
  });

  test("UTF-8 counts bytes, not characters", () => {
    expect(utf8Length("a€😀")).toBe(1 + 3 + 4);
  });
});

describe("times", () => {
  const now = Date.UTC(2026, 10, 3, 12);
  test.each([
    [0, "time_now"],
    [59_999, "time_now"],
    [60_000, "time_minutes 1"],
    [3_599_999, "time_minutes 59"],
    [3_600_000, "time_hours 1"],
    [86_399_999, "time_hours 23"],
    [86_400_000, "2 Nov"],
    [400 * 86_400_000, "Sept 2025"],
    [-30_000, "time_now"],
  ])("%d ms ago is %s", (age, text) => {
    expect(relativeTime(now - age, now)).toBe(text);
  });
});

describe("names", () => {
  test.each([
    ["a/b/report.PDF", "report.PDF", "pdf", "file-text"],
    ["archive.tar.gz", "archive.tar.gz", "gz", "file-archive"],
    [".gitignore", ".gitignore", "", "file"],
    ["folder.d/LICENSE", "LICENSE", "", "file"],
    ["a.b/", "a.b", "", "file"],
    ["photo.jpeg", "photo.jpeg", "jpeg", "file-image"],
  ] as const)("%s", (path, name, extension, icon) => {
    expect([baseName(path), extensionOf(path), fileIcon(path)]).toEqual([name, extension, icon]);
  });

  test("the base name is a part of the path without a slash", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (path) => {
        expect(path).toContain(baseName(path));
        expect(baseName(`x/${path.replaceAll("/", "-")}`)).toBe(path.replaceAll("/", "-"));
      }),
    );
  });
});

test("an item's summary shows its first scalars, never the version", () => {
  const attributes = {
    rev: { N: "3" },
    title: { S: "Tea" },
    tags: { SS: ["a"] },
    done: { BOOL: false },
    grams: { N: "5" },
  };
  expect(itemSummary(attributes)).toBe("title: Tea · done: false · grams: 5");
  expect(itemSummary({ tags: { SS: ["a"] }, rev: { N: "1" } })).toBe("tags");
  expect(itemSummary({})).toBe("");
});
