import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { captureKinds, defaultCaptureSettings } from "../../../src/messaging/captures-view.ts";
import { checkPath } from "../../../src/shared/check-path.ts";
import { checkTemplate } from "../../../src/shared/naming/check-template.ts";
import { type IfExists, nameCapture } from "../../../src/shared/naming/name-capture.ts";
import { type CaptureFacts, variableNames } from "../../../src/shared/naming/variables.ts";
import { safeFileName, utf8Length } from "../../../src/shared/safe-file-name.ts";

const facts: CaptureFacts = {
  kind: "image",
  url: "https://cdn.example.net/img/Blue%20Door.jpeg?w=1",
  page: "https://blog.example.com/2026/Doors%20of%20Rome.html",
  title: "Doors of Rome – a walk",
  name: "Blue Door",
  site: "blog.example.com",
  type: "image/jpeg",
  extension: "jpg",
  sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  at: Date.UTC(2026, 2, 1, 0, 30, 5),
  id: "01ARYZ6S41TSV4RRFFQ69G5FAV",
  counter: 7,
};

const by = (template: string, more: Partial<CaptureFacts> = {}) =>
  nameCapture({ rules: [], fallback: { template, ifExists: "keep-both" } }, { ...facts, ...more }).path;

describe("the default", () => {
  const named = (more: Partial<CaptureFacts>) => nameCapture(defaultCaptureSettings, { ...facts, ...more }).path;

  it.each([
    [{}, "captures/2026/03/Blue Door-q69g5fav.jpg"],
    [{ name: "", title: "A page: about / doors" }, "captures/2026/03/A page_ about _ doors-q69g5fav.jpg"],
    [{ name: "", title: "" }, "captures/2026/03/blog.example.com-q69g5fav.jpg"],
    [{ name: "", title: "", site: "", kind: "screenshot" }, "captures/2026/03/screenshot-q69g5fav.jpg"],
    [{ name: "..", title: " \u202e " }, "captures/2026/03/blog.example.com-q69g5fav.jpg"],
    [{ name: "", title: "x".repeat(500) }, `captures/2026/03/${"x".repeat(80)}-q69g5fav.jpg`],
    [{ extension: "" }, "captures/2026/03/Blue Door-q69g5fav"],
  ])("%j → %s", (more, path) => expect(named(more)).toBe(path));
});

describe("variables", () => {
  it.each([
    ["<name>", "Blue Door.jpg"],
    ["<title>", "Doors of Rome – a walk.jpg"],
    ["<site>/<host>", "blog.example.com/cdn.example.net.jpg"],
    ["<path>", "2026-Doors of Rome.jpg"],
    ["<kind>_<type>", "image_image-jpeg.jpg"],
    ["<ext>/<name>", "jpg/Blue Door.jpg"],
    ["<name>.original.<ext>", "Blue Door.original.jpg"],
    ["<date> <time>", "2026-03-01 00-30-05.jpg"],
    ["<yyyy>/<mm>/<dd>/<hh><mi><ss>", "2026/03/01/003005.jpg"],
    ["<hash:8>-<id>-<id:4>", "9f86d081-q69g5fav-5fav.jpg"],
    ["<hash>", `${facts.sha256}.jpg`],
    ["<id:26>", "01aryz6s41tsv4rrffq69g5fav.jpg"],
    ["<counter>-<counter:4>", "7-0007.jpg"],
    ["<title:5>", "Doors.jpg"],
    [" < title : 5 > ", "Doors.jpg"],
    ["< title | name >", "Doors of Rome – a walk.jpg"],
  ])("%j → %s", (template, path) => expect(by(template)).toBe(path));

  it("of the device's clock", () => {
    const time = new Date(facts.at);
    expect(by("<local-date>")).toBe(`${time.toLocaleDateString("sv")}.jpg`);
    expect(by("<local-time>")).toBe(`${time.toLocaleTimeString("sv").replaceAll(":", "-")}.jpg`);
  });

  it("that are empty make room for the next", () => {
    expect(by("<title|name|site>", { title: " " })).toBe("Blue Door.jpg");
    expect(by("<title|name|site>", { title: "", name: "" })).toBe("blog.example.com.jpg");
    expect(by("a/<title>/<name>", { title: "" })).toBe("a/Blue Door.jpg");
    expect(by("<title>", { title: "" })).toBe("image-q69g5fav.jpg");
    expect(by("<title>.<ext>", { title: "" })).toBe("image-q69g5fav.jpg");
    expect(by("<path|site>", { page: "https://x.test/" })).toBe("blog.example.com.jpg");
  });
});

describe("names", () => {
  it("have their ending once", () => {
    expect(by("<title>", { title: "door.JPG" })).toBe("door.jpg");
    expect(by("cover.jpg")).toBe("cover.jpg");
    expect(by("<title>", { title: `${"x".repeat(500)}.jpg` })).toBe(`${"x".repeat(176)}.jpg`);
  });

  it("keep what tells them apart when they are cut", () => {
    expect(by("<title>-<name>-<id>", { title: "t".repeat(500), name: "n" })).toBe(
      `${"t".repeat(180 - "-n-q69g5fav.jpg".length)}-n-q69g5fav.jpg`,
    );
    expect(by("<title> <id>", { title: "字".repeat(200) })).toBe(`${"字".repeat(55)} q69g5fav.jpg`);
  });

  it("cut no character in half", () => {
    const family = "👩‍👩‍👧‍👦";
    expect(by("<title:2>", { title: family.repeat(5) })).toBe(`${family.repeat(2)}.jpg`);
    expect(by("<title>", { title: family.repeat(50) })).toBe(`${family.repeat(7)}.jpg`);
    expect(by("<title:1>", { title: "e\u0301\u0327x" })).toBe("ȩ́.jpg".normalize("NFC"));
  });

  it.each([
    ["<name>", "con", "_con.jpg"],
    ["<name>/<id>", "aux", "_aux/q69g5fav.jpg"],
    ["<name>-<id>", "con", "con-q69g5fav.jpg"],
    ["<name>", "a/../b\\c", "a_.._b_c.jpg"],
    ["<name>", "gpj\u202eexe. ", "gpjexe.jpg"],
    ["<name>/x", "..", "x.jpg"],
    ["..<name>/x", ".", "x.jpg"],
  ])("%s of %j → %s", (template, name, path) => expect(by(template, { name })).toBe(path));
});

describe("rules", () => {
  const rule = (site: string, kinds: string[], template: string, ifExists: IfExists = "keep-both") => ({
    site,
    kinds,
    template,
    ifExists,
  });
  it("the first that matches names the capture, and says what happens when the name is taken", () => {
    const naming = {
      rules: [
        rule("other.test", [], "other"),
        rule("*.example.com", ["page"], "pages/<title>"),
        rule("blog.example.com", ["page", "image"], "blog/<name>", "ask"),
        rule("", [], "rest", "skip"),
      ],
      fallback: { template: "fallback", ifExists: "replace" as const },
    };
    expect(nameCapture(naming, facts)).toEqual({ path: "blog/Blue Door.jpg", ifExists: "ask" });
    expect(nameCapture(naming, { ...facts, kind: "page" }).path).toBe("pages/Doors of Rome – a walk.jpg");
    expect(nameCapture(naming, { ...facts, site: "" })).toEqual({ path: "rest.jpg", ifExists: "skip" });
    expect(nameCapture({ ...naming, rules: [] }, facts)).toEqual({ path: "fallback.jpg", ifExists: "replace" });
  });
});

describe("any capture gets a path", () => {
  const word = fc.oneof(
    fc.string({ unit: "binary", maxLength: 600 }),
    fc.string({ unit: "grapheme", maxLength: 300 }),
    fc
      .array(
        fc.constantFrom("con", "NUL", ".", "..", " ", "/", "\\", ":", "\u202e", "\u0000", "\ud800", "é", "👩‍👧", "a"),
      )
      .map((parts) => parts.join("")),
    fc.string({ unit: fc.constantFrom("👩‍👩‍👧‍👦", "e\u0301", "字"), minLength: 100, maxLength: 300 }),
  );
  const address = fc.oneof(fc.webUrl({ withQueryParameters: true }), word);
  const anyFacts: fc.Arbitrary<CaptureFacts> = fc.record({
    kind: fc.constantFrom(...captureKinds),
    url: address,
    page: address,
    title: word,
    name: word,
    site: fc.oneof(fc.domain(), word),
    type: fc.oneof(fc.constantFrom("image/svg+xml", "text/html; charset=utf-8", ""), word),
    extension: fc.oneof(fc.constantFrom("png", "", "TAR.GZ"), word),
    sha256: fc.constant(facts.sha256),
    at: fc.integer({ min: 0, max: 253_402_300_799_999 }),
    id: fc.constant(facts.id),
    counter: fc.nat(),
  });
  const choice = fc
    .array(fc.constantFrom(...variableNames), { minLength: 1, maxLength: 3 })
    .map((names) => `<${names.join("|")}>`);
  const anyTemplate = fc
    .array(fc.oneof({ weight: 3, arbitrary: choice }, fc.constantFrom("/", "-", ".", " ", "con", "é", "<title:3>")), {
      maxLength: 40,
    })
    .map((parts) => parts.join(""))
    .filter((template) => {
      try {
        checkTemplate(template);
        return true;
      } catch {
        return false;
      }
    });

  const expectSafe = (path: string) => {
    expect(() => checkPath("i".repeat(255), path)).not.toThrow();
    expect(utf8Length(path)).toBeLessThanOrEqual(800);
    for (const segment of path.split("/")) {
      expect(segment).not.toBe("");
      expect(utf8Length(segment)).toBeLessThanOrEqual(200);
      // What is safe already stays as it is.
      expect(safeFileName(segment)).toBe(segment);
    }
  };

  it("by the default", () => {
    fc.assert(
      fc.property(anyFacts, (any) => {
        const { path } = nameCapture(defaultCaptureSettings, any);
        expectSafe(path);
        expect(path).toMatch(/^captures\/\d{4}\/\d\d\/[^/]+-q69g5fav(\.[a-z0-9]{1,16})?$/);
        expect(nameCapture(defaultCaptureSettings, { ...any }).path).toBe(path);
      }),
      { numRuns: 1000 },
    );
  });

  it("by every template that is one", () => {
    fc.assert(
      fc.property(anyTemplate, anyFacts, (template, any) => expectSafe(by(template, any))),
      { numRuns: 1000 },
    );
  });
});
