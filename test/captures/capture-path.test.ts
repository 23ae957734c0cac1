import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { objectKey } from "../../src/aws/keys.ts";
import { captureName, capturePath } from "../../src/captures/capture-path.ts";

const id = "01ARYZ6S41TSV4RRFFQ69G5FAV";
const at = Date.UTC(2026, 2, 1, 0, 30);

describe("capture paths", () => {
  it("tell when, what and which", () => {
    const path = capturePath({
      id,
      at,
      srcUrl: "https://x.test/img/Blue%20Door.jpeg?w=1#f",
      title: "T",
      extension: "jpg",
    });
    expect(path).toBe("captures/2026/03/Blue Door-q69g5fav.jpg");
  });

  it.each([
    ["https://x.test/", "A page: about / doors", "A page_ about _ doors"],
    ["https://x.test/%ff.png", "t", "%ff"],
    ["data:image/png;base64,AAAA", "Title", "Title"],
    ["https://x.test/..%2f..%2fetc.png", "t", "_.._etc"],
    ["blob:https://x.test/1", "", "image"],
    ["https://x.test/con.png", "t", "_con"],
  ])("%s, %j → %j", (srcUrl, title, expected) => expect(captureName(srcUrl, title)).toBe(expected));

  it("are keys that S3 takes, for the longest identity too", () => {
    const word = fc.oneof(
      fc.string({ unit: "binary", maxLength: 400 }),
      fc.string({ unit: "grapheme", maxLength: 200 }),
    );
    fc.assert(
      fc.property(word, word, fc.webUrl({ withQueryParameters: true }), (segment, title, base) => {
        for (const srcUrl of [`${base}/${segment}`, segment]) {
          const path = capturePath({ id, at, srcUrl, title, extension: "webp" });
          expect(() => objectKey("i".repeat(255), path)).not.toThrow();
          expect(path).toMatch(/^captures\/2026\/03\/[^/]+-q69g5fav\.webp$/);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
