import fc from "fast-check";
import { expect, test } from "vitest";
import { inPieces } from "../../src/inject/in-pieces.ts";
import type { PageNode } from "../../src/inject/page-node.ts";
import { writeHtml } from "../../src/inject/write-html.ts";

const text = (textContent: string): PageNode => ({ type: 3, textContent });
const element = (tagName: string, attributes: Record<string, unknown> = {}, childNodes: PageNode[] = []): PageNode => ({
  type: 2,
  tagName,
  attributes,
  childNodes,
});
const page = (...body: PageNode[]): PageNode => ({
  type: 0,
  base: "https://a.example/b/c",
  childNodes: [{ type: 1, name: "html" }, element("html", {}, [element("head"), element("body", {}, body)])],
});
const write = (node: PageNode, note?: string) => [...writeHtml(node, note)].join("");
const bodyOf = (node: PageNode) => /<body>([\s\S]*)<\/body>/.exec(write(node))?.[1];

test("a page has its doctype, where it is from, and that nothing may run", () => {
  expect(write(page(text("a")), "\n from --> here\n")).toBe(
    `<!DOCTYPE html>\n<!--\n from - -> here\n-->\n<html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="script-src 'none'; object-src 'none'"></head><body>a</body></html>`,
  );
});

test.each([
  [element("script", {}, [text("SCRIPT_PLACEHOLDER")]), ""],
  [
    element("p", { onclick: "x()", "data-a": '"<&>' }, [text("<b>&")]),
    '<p data-a="&quot;&lt;&amp;&gt;">&lt;b&gt;&amp;</p>',
  ],
  [element("a", { href: "\u0001java\tscript:x()" }, [text("a")]), "<a>a</a>"],
  [element("a", { href: "https://a.example/b/c#d" }), '<a href="#d"></a>'],
  [element("form", { action: "../send" }), '<form action="https://a.example/send"></form>'],
  [element("br"), "<br>"],
  [element("textarea", { value: "\n</textarea>" }), "<textarea>\n\n&lt;/textarea&gt;</textarea>"],
  [element("pre", {}, [text("\nb")]), "<pre>\n\nb</pre>"],
  [element("meta", { "http-equiv": "refresh", content: "0" }), ""],
  [{ ...element("style"), sheet: { text: "a{b:'</style>'}", base: "" } }, "<style>a{b:'<\\/style>'}</style>"],
  [
    {
      ...element("link", { rel: "stylesheet", href: "https://x.example/", media: "print" }),
      sheet: { text: null, base: "" },
    },
    '<link rel="stylesheet" href="https://x.example/" media="print">',
  ],
  [
    { ...element("div", {}, [text("light"), { ...text("dark"), isShadow: true }]), isShadowHost: true },
    '<div><template shadowrootmode="open">dark</template>light</div>',
  ],
  [
    element("iframe", { src: "https://x.example/", sandbox: "allow-scripts" }),
    '<iframe src="https://x.example/" sandbox=""></iframe>',
  ],
])("%j is written safely", (node, html) => {
  expect(bodyOf(page(node))).toBe(html);
});

test("a frame's page is an attribute", () => {
  const frame = { ...element("iframe", { src: "x" }), frame: page(element("p", { title: '"' })) };
  expect(bodyOf(page(frame))).toContain("&lt;p title=&quot;&amp;quot;&quot;&gt;");
});

test("no text and no attribute becomes markup", () => {
  const words = fc.string({ unit: fc.constantFrom(..."<>\"'&/!-= \nascript"), maxLength: 40 });
  fc.assert(
    fc.property(words, words, words, (inside, value, note) => {
      const html = write(page(element("p", { title: value }, [text(inside)])), note || "x");
      const tags = html.replace(/<!--[\s\S]*?-->/, "").match(/<[^>]*>/g);
      expect(tags?.map((tag) => /^<[!/]?\w+/.exec(tag)?.[0])).toEqual([
        "<!DOCTYPE",
        "<html",
        "<head",
        "<meta",
        "<meta",
        "</head",
        "<body",
        "<p",
        "</p",
        "</body",
        "</html",
      ]);
    }),
  );
});

test("pieces are the whole, and no character is cut", () => {
  const part = fc.string({ unit: fc.constantFrom("a", "é", "😀"), maxLength: 30 });
  fc.assert(
    fc.property(fc.array(part), fc.integer({ min: 1, max: 9 }), (parts, length) => {
      const pieces = inPieces(parts, length);
      expect(pieces.join("")).toBe(parts.join(""));
      for (const piece of pieces) {
        expect(new TextDecoder().decode(new TextEncoder().encode(piece))).toBe(piece);
        expect(piece.length).toBeLessThanOrEqual(length + 1);
      }
    }),
  );
});
