import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { imageSize } from "../../src/captures/image-size.ts";
import { sniffImage } from "../../src/captures/sniff-image.ts";
import { images, pixel } from "./images.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const svg = '<?xml version="1.0"?>\n<!-- made by hand -->\n<svg xmlns="http://www.w3.org/2000/svg"/>';
const dimension = fc.integer({ min: 1, max: 255 });

describe("image formats", () => {
  it.each(Object.entries(images))("%s is known by its bytes, whatever the server says, with its size", (type, make) => {
    fc.assert(
      fc.property(dimension, dimension, fc.constantFrom("", "text/html", "image/png"), (width, height, declared) => {
        const image = make(width, height);
        expect(sniffImage(image, declared)?.type).toBe(type);
        expect(imageSize(image, type)).toEqual({ width, height });
      }),
    );
  });

  it("a real PNG", () => {
    expect(sniffImage(pixel, "")).toEqual({ type: "image/png", extension: "png" });
    expect(imageSize(pixel, "image/png")).toEqual({ width: 1, height: 1 });
  });

  it("SVG has no size that could be told, and needs its root", () => {
    for (const text of [
      svg,
      "<svg>",
      "\ufeff <svg:svg xmlns:svg='x'>",
      `<!DOCTYPE svg PUBLIC "a" "b" [<!ENTITY x "y">]><svg/>`,
    ]) {
      expect(sniffImage(bytes(text), "image/svg+xml")).toEqual({ type: "image/svg+xml", extension: "svg" });
    }
    expect(imageSize(bytes(svg), "image/svg+xml")).toBeNull();
  });

  it.each([
    ["a page", "<!doctype html><html><svg></svg></html>", "image/png"],
    ["a page that claims to be an SVG", "<html><body>sign in</body></html>", "image/svg+xml"],
    ["text", "BM is two letters", "image/bmp"],
    ["JSON", '{"error":"no"}', "image/jpeg"],
    ["a script", "svg()", "text/javascript"],
    ["nothing", "", "image/png"],
    ["MP4", "\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "image/avif"],
  ])("%s is none", (_name, text, declared) => expect(sniffImage(bytes(text), declared)).toBeNull());

  it("takes any bytes, cut anywhere, without failing", () => {
    const cut = fc
      .tuple(fc.constantFrom(...Object.values(images)), fc.nat(60))
      .map(([make, end]) => make(7, 9).subarray(0, end));
    fc.assert(
      fc.property(fc.oneof(cut, fc.uint8Array({ maxLength: 200 })), (any) => {
        const found = sniffImage(any, "image/png");
        for (const type of found === null ? Object.keys(images) : [found.type]) {
          const size = imageSize(any, type);
          if (size !== null) expect(size.width > 0 && size.height > 0).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
