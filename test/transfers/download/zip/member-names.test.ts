import fc from "fast-check";
import { expect, it } from "vitest";
import { memberNames } from "../../../../src/transfers/download/zip/member-names.ts";

it.each([
  [
    ["a.jpg", "b/c.jpg"],
    ["a.jpg", "b/c.jpg"],
  ],
  [
    ["../../etc/passwd", "/root", "a/../b", "C:\\x", "./a"],
    ["_/_/etc/passwd", "_/root", "a/_/b", "C__x", "_/a"],
  ],
  [
    ["a//b", "con.txt", "a/aux", "x."],
    ["a/_/b", "_con.txt", "a/_aux", "x"],
  ],
  [
    [".env", "a/.git/config", "...", "..b"],
    [".env", "a/.git/config", "_", "b"],
  ],
  [
    ["A.txt", "a.txt", "a.TXT"],
    ["A.txt", "a (2).txt", "a (3).TXT"],
  ],
  [
    ["a:b", "a?b", "a_b"],
    ["a_b", "a_b (2)", "a_b (3)"],
  ],
  [
    ["a (2).txt", "a.txt", "A.txt"],
    ["a (2).txt", "a.txt", "A (3).txt"],
  ],
  // S3 knows both, a disk does not.
  [
    ["a", "a/b", "A/c"],
    ["a (2)", "a/b", "A/c"],
  ],
  [
    ["a/", "b/c/"],
    ["a/", "b/c/"],
  ],
  [
    ["e\u0301.txt", "\u00e9.txt"],
    ["\u00e9.txt", "\u00e9 (2).txt"],
  ],
])("%j are %j", (paths, names) => {
  expect(memberNames(paths)).toEqual(names);
});

const segment = fc.oneof(
  fc.constantFrom(
    "a",
    "A",
    "..",
    ".",
    "",
    "a.txt",
    "A.TXT",
    "con",
    "a (2)",
    "a (2).txt",
    "x ",
    "\\",
    "é",
    "e\u0301",
    "ß",
    "SS",
  ),
  fc.string({ unit: "binary", maxLength: 8 }),
);
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join("/"));

it("no two are the same, none leads out, and all can be written", () => {
  fc.assert(
    fc.property(fc.array(path, { maxLength: 40 }), (paths) => {
      const names = memberNames(paths);
      const files = names.filter((name) => !name.endsWith("/"));
      const folded = files.map((name) => name.toLowerCase());
      expect(new Set(folded).size).toBe(files.length);
      for (const name of names) {
        const segments = name.replace(/\/$/, "").split("/");
        expect(segments.every((one) => !/^\.{0,2}$|[\\:*?"<>|]|[ .]$/.test(one))).toBe(true);
        // A file is never where a folder has to be.
        for (let end = 1; end < segments.length; end++) {
          expect(folded).not.toContain(segments.slice(0, end).join("/").toLowerCase());
        }
      }
    }),
  );
});

it("of 10,000 that are all the same take no time", () => {
  const names = memberNames(Array.from({ length: 10_000 }, () => "a.txt"));
  expect(new Set(names).size).toBe(10_000);
});
