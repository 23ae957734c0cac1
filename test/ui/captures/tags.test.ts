import fc from "fast-check";
import { expect, test } from "vitest";
import { longestTag, mostTags, suggestedTags, withTags } from "../../../src/ui/captures/tags.ts";

const anyText = fc.string({ unit: "grapheme", maxLength: 300 });

test("commas and lines part tags, blanks do not count", () => {
  expect(withTags(["pier"], " harbour , old   pier,\n tide,, ")).toEqual(["pier", "harbour", "old pier", "tide"]);
});

test("a tag that is there stays as it was written first", () => {
  expect(withTags(["Harbour"], "harbour, HARBOUR, tide")).toEqual(["Harbour", "tide"]);
});

test("whatever is typed, the tags are those that the background takes", () => {
  fc.assert(
    fc.property(fc.array(anyText, { maxLength: 80 }), (typed) => {
      const tags = typed.reduce<string[]>((all, text) => withTags(all, text), []);
      expect(tags.length).toBeLessThanOrEqual(mostTags);
      expect(new Set(tags.map((tag) => tag.toLocaleLowerCase())).size).toBe(tags.length);
      for (const tag of tags) {
        expect(tag.length).toBeGreaterThan(0);
        expect(tag.length).toBeLessThanOrEqual(longestTag);
        expect(tag).toBe(tag.trim());
        expect(tag).not.toMatch(/[,\n\r]/);
      }
    }),
  );
});

test("a tag that is cut is not cut inside a character", () => {
  expect(withTags([], `${"a".repeat(longestTag - 1)}😀`)).toEqual(["a".repeat(longestTag - 1)]);
});

test("tags once added stay, in their order", () => {
  fc.assert(
    fc.property(anyText, anyText, (first, second) => {
      const before = withTags([], first);
      expect(withTags(before, second).slice(0, before.length)).toEqual(before);
    }),
  );
});

test("suggestions hold what is typed, and nothing that is there", () => {
  expect(suggestedTags(["harbour", "old harbour", "pier"], ["Harbour"], "HARB")).toEqual(["old harbour"]);
  expect(suggestedTags(["harbour", "pier"], [], "")).toEqual(["harbour", "pier"]);
});
