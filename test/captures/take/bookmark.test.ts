import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bookmarkFile } from "../../../src/captures/take/bookmark.ts";

const textOf = async (url: string, title = "") => (await bookmarkFile(url, title)).bytes.text();

test("says the address and the title", async () => {
  const taken = await bookmarkFile("https://ada:pw@bücher.example/a b/ü?q=ö#teil", "Bücher");
  const text = "[InternetShortcut]\r\nURL=https://xn--bcher-kva.example/a%20b/%C3%BC?q=%C3%B6#teil\r\nTitle=Bücher\r\n";
  expect(await taken.bytes.text()).toBe(text);
  expect(taken).toMatchObject({
    type: "application/internet-shortcut",
    extension: "url",
    dimensions: null,
    missing: 0,
  });
  expect(taken.sha256).toBe(createHash("sha256").update(text).digest("hex"));
});

test.each([
  "javascript:alert(1)",
  "data:text/html,a",
  "blob:https://a.example/1",
  "file:///c:/run.exe",
  "no address",
  "",
])("does not lead to %j", async (url) => {
  await expect(bookmarkFile(url, "")).rejects.toMatchObject({ code: "capture-unfetchable" });
});

test("no address and no title begins a line of its own", async () => {
  const part = fc.string({
    unit: fc.constantFrom(...'ab[]()<>\\"%&#\r\n\t \0\u0085\u2028\u202e\ud800é😀'),
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("https://a.example/", "mailto:", "magnet:?xt="),
      part,
      part,
      async (start, end, title) => {
        const lines = (await textOf(start + end, title)).split(/[\r\n\u2028\u2029\v\f\u0085]+/);
        expect(lines.at(-1)).toBe("");
        expect(lines[0]).toBe("[InternetShortcut]");
        expect(lines[1]).toMatch(/^URL=[\x21-\x7e]+$/);
        expect(lines.length).toBeLessThanOrEqual(4);
        if (lines.length === 4) expect(lines[2]).toMatch(/^Title=\S/);
      },
    ),
  );
});
