import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeFileName, splitEnding, utf8Length } from "../../src/shared/safe-file-name.ts";

const spiteful = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: "grapheme", maxLength: 120 }),
  fc
    .array(
      fc.constantFrom(
        "con",
        "NUL",
        "com1",
        ".",
        " ",
        "/",
        "\\",
        ":",
        "\u202e",
        "\u0000",
        "\ud800",
        "a",
        "é",
        "💾",
        ".exe",
      ),
    )
    .map((parts) => parts.join("")),
);

describe("safe file names", () => {
  it("are names that every file system takes", () => {
    fc.assert(
      fc.property(spiteful, (name) => {
        const safe = safeFileName(name);
        expect(safe).not.toBe("");
        expect(utf8Length(safe)).toBeLessThanOrEqual(200);
        expect(safe).not.toMatch(/["*/:<>?\\|]/);
        expect(safe).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\u200e\u200f]/u);
        expect(safe).not.toMatch(/^[. ]|[. ]$/);
        expect(safe).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
        expect(safe).toBe(safe.normalize("NFC"));
        expect(safeFileName(safe)).toBe(safe);
      }),
      { numRuns: 2000 },
    );
  });

  it("leave good names as they are", () => {
    for (const name of ["report.pdf", "Ünïcödé 日本 💾.txt", "a (2).tar.gz", "שלום.txt"])
      expect(safeFileName(name)).toBe(name);
  });

  it("keep the ending when they are cut", () => {
    expect(safeFileName(`${"x".repeat(500)}.jpeg`)).toMatch(/^x{195}\.jpeg$/);
    expect(splitEnding("a.tar.gz")).toEqual({ stem: "a.tar", ending: ".gz" });
    expect(splitEnding(".profile")).toEqual({ stem: ".profile", ending: "" });
  });

  it.each([
    ["con", "_con"],
    ["NUL.txt", "_NUL.txt"],
    ["photo\u202egpj.exe", "photogpj.exe"],
    ["..", "file"],
    ["a/b:c", "a_b_c"],
  ])("%j → %j", (name, expected) => expect(safeFileName(name)).toBe(expected));
});
