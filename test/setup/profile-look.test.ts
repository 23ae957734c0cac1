import { expect, test } from "vitest";
import { profileLook } from "../../src/setup/profile-look.ts";

const table = "items";

test("without a wish the profile is called like its table, as far as a name goes", () => {
  expect(profileLook({ table })).toEqual({ name: "items", colour: "#3b5bdb" });
  expect(profileLook({ table: "t".repeat(70) }).name).toBe("t".repeat(60));
});

test.each(["Büro", "😀".repeat(60), "a", " spaced "])("%j is a name", (name) => {
  expect(profileLook({ table }, { name, colour: "#ABCDEF" })).toEqual({ name, colour: "#ABCDEF" });
});

test.each(["", " ", "a\nb", "\u0000", "\ud83d", "a\ufdd0", "x".repeat(61)])("%j is none", (name) => {
  expect(() => profileLook({ table }, { name })).toThrow(expect.objectContaining({ code: "setup/name" }));
});

test.each(["", "red", "#fff", "3b5bdb", "#3b5bdbff", "#3b5bd\u0000"])("%j is no colour", (colour) => {
  expect(() => profileLook({ table }, { colour })).toThrow(expect.objectContaining({ code: "setup/colour" }));
});
