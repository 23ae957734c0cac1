import fc from "fast-check";
import { expect, test } from "vitest";
import { type CssAddress, replaceAddresses } from "../../src/inject/css-addresses.ts";

async function found(css: string): Promise<CssAddress[]> {
  const all: CssAddress[] = [];
  await replaceAddresses(css, async (one) => {
    all.push(one);
    return one.address;
  });
  return all;
}

test.each([
  ["a{b:url(c.png)}", "c.png", "image"],
  ["a{b:url( 'c d.png' )}", "c d.png", "image"],
  ['a{b:URL("c\\"d.png")}', 'c"d.png', "image"],
  ["a{b:url(c\\29 .png)}", "c).png", "image"],
  ['@import "c.css" screen;', "c.css", "import"],
  ["@import url(c.css) layer(x);", "c.css", "import"],
  ["@font-face{src:url(c.woff2)}", "c.woff2", "font"],
  ["@font-face{font-family:x} a{b:url(c.png)}", "c.png", "image"],
])("finds the address in %s", async (css, address, role) => {
  expect(await found(css)).toEqual([{ address, role }]);
});

test.each([
  "/* url(c.png) */",
  "a{content:'url(c.png)'}",
  "a{fill:url(#c)}",
  "a{b:url()}",
  '@charset "utf-8";',
  "a{b:'}",
])("finds none in %s, and changes nothing", async (css) => {
  expect(await found(css)).toEqual([]);
  expect(await replaceAddresses(css, async () => "x")).toBe(css);
});

test("whatever the address is, the next reader finds the same", async () => {
  const address = fc.string({ unit: fc.constantFrom(..."ab/:?#&=%'\"()\\ \n;{}é😀"), minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(address, async (target) => {
      const css = await replaceAddresses("a{b:url(c.png)} d{e:f}", async () => `x${target}x`);
      expect(await found(css)).toEqual([{ address: `x${target}x`, role: "image" }]);
      expect(css).toMatch(/^a\{b:url\("[\s\S]*"\)\} d\{e:f\}$/);
    }),
  );
});
