import "../ui/fake-extension.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FileEntry, pathOf } from "../../src/app/files/file-entry.ts";
import { byName, type FileOrder, named, orderAfter, ordered } from "../../src/app/files/file-order.ts";

const file = (path: string, size = 1, modifiedAt = 1): FileEntry => ({
  file: { path, size, modifiedAt, etag: "e" },
});
const folder = (path: string): FileEntry => ({ folder: path });
const paths = (entries: FileEntry[]) => entries.map(pathOf);

describe("the order", () => {
  test("of names is the person's: numbers by value, capitals among the others, accents beside their letters", () => {
    const given = ["IMG_10.jpg", "b.txt", "IMG_9.jpg", "Zoo.txt", "äpfel.txt", "a.txt"].map((path) => file(path));
    const names = ["a.txt", "äpfel.txt", "b.txt", "IMG_9.jpg", "IMG_10.jpg", "Zoo.txt"];
    expect(paths(ordered(given, byName))).toEqual(names);
    expect(paths(ordered(given, { by: "name", down: true }))).toEqual(names.toReversed());
  });

  test("of names leaves the folders that all are in aside", () => {
    expect(paths(ordered([file("z/a"), file("z/A"), folder("z/c/"), folder("z/b/")], byName))).toEqual([
      "z/b/",
      "z/c/",
      "z/a",
      "z/A",
    ]);
  });

  test("of sizes and dates is of files, alike ones by name; folders stay above, by name", () => {
    const given = [file("c", 5, 30), folder("n/"), file("b", 9, 10), file("a", 5, 20), folder("m/")];
    expect(paths(ordered(given, { by: "size", down: true }))).toEqual(["m/", "n/", "b", "a", "c"]);
    expect(paths(ordered(given, { by: "size", down: false }))).toEqual(["m/", "n/", "a", "c", "b"]);
    expect(paths(ordered(given, { by: "modified", down: true }))).toEqual(["m/", "n/", "c", "a", "b"]);
  });

  test("begins with what one looks for in a column, and turns round at the next press", () => {
    expect(orderAfter(byName, "name")).toEqual({ by: "name", down: true });
    expect(orderAfter(byName, "size")).toEqual({ by: "size", down: true });
    expect(orderAfter({ by: "size", down: true }, "size")).toEqual({ by: "size", down: false });
    expect(orderAfter({ by: "size", down: true }, "modified")).toEqual({ by: "modified", down: true });
    expect(orderAfter({ by: "modified", down: true }, "name")).toEqual(byName);
  });
});

const entry = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 6 }).map((name) => folder(`${name}/`)),
  fc.record({ name: fc.string({ unit: "grapheme", maxLength: 6 }), size: fc.nat(3), at: fc.nat(3) }).map((part) => {
    return file(part.name, part.size, part.at);
  }),
);
const entries = fc.uniqueArray(entry, { selector: pathOf, maxLength: 12 });
const order: fc.Arbitrary<FileOrder> = fc.record({
  by: fc.constantFrom("name", "size", "modified"),
  down: fc.boolean(),
});

test("whatever came first, the order is the same, and nothing is lost: a next page goes to its place", () => {
  fc.assert(
    fc.property(entries, order, fc.nat(12), (all, by, at) => {
      const once = paths(ordered(all, by));
      expect(once.toSorted()).toEqual(paths(all).toSorted());
      expect(paths(ordered([...all.slice(at), ...all.slice(0, at)], by))).toEqual(once);
      const kinds = once.map((path) => all.some((one) => "folder" in one && one.folder === path));
      expect(kinds.lastIndexOf(true)).toBeLessThan(kinds.includes(false) ? kinds.indexOf(false) : kinds.length);
    }),
  );
});

describe("the filter", () => {
  const all = [folder("z/Reports/"), file("z/report 2026.PDF"), file("z/notes.md"), file("z/re\u0301sume\u0301.txt")];
  test.each([
    ["", ["z/Reports/", "z/report 2026.PDF", "z/notes.md", "z/re\u0301sume\u0301.txt"]],
    ["  ", ["z/Reports/", "z/report 2026.PDF", "z/notes.md", "z/re\u0301sume\u0301.txt"]],
    ["report", ["z/Reports/", "z/report 2026.PDF"]],
    ["pdf REP", ["z/report 2026.PDF"]],
    ["résumé", ["z/re\u0301sume\u0301.txt"]],
    ["z/", []],
    ["/", []],
  ])("%j leaves %j", (text, left) => expect(paths(named(all, text))).toEqual(left));
});
