import fc from "fast-check";
import { expect, test } from "vitest";
import { sourceLine } from "../../../src/captures/take/page/source-line.ts";

test("is a link in Markdown", () => {
  const line = sourceLine({ url: "https://a.example/b (c)?d=[e]", title: "Of [x](y)\n*z*" });
  expect(line).toBe("[Of \\[x\\](y) \\*z\\*](https://a.example/b%20%28c%29?d=[e])");
  expect(sourceLine({ url: "https://a.example/", title: " \u202e " })).toBe("[https://a.example/](https://a.example/)");
});

test("is one line, and one link", () => {
  const text = fc.string({
    unit: fc.constantFrom(...'ab[]()<>\\"%&#\r\n\t \0\u0085\u2028\u202e\ud800é😀'),
    maxLength: 30,
  });
  fc.assert(
    fc.property(text, text, (path, title) => {
      const line = sourceLine({ url: `https://a.example/${path}`, title });
      expect(line).toMatch(/^\[(?:[^\\[\]\p{Cc}\u2028\u2029]|\\.)+\]\(https:\/\/a\.example\/[^\s()<>\p{Cc}]*\)$/u);
    }),
  );
});
