import fc from "fast-check";
import { expect, test } from "vitest";
import { imageSize } from "../../../src/captures/image-size.ts";
import { createPng } from "../../../src/captures/take/page/png-stream.ts";
import { readPng } from "../../e2e/page-takes/read-png.ts";

const picture = fc.integer({ min: 1, max: 20 }).chain((width) =>
  fc.record({
    width: fc.constant(width),
    bands: fc.array(
      fc
        .integer({ min: 1, max: 6 })
        .chain((rows) => fc.uint8Array({ minLength: width * rows * 4, maxLength: width * rows * 4 })),
      { minLength: 1, maxLength: 5 },
    ),
  }),
);

test("a decoder finds the pixels that were given, whatever the bands", async () => {
  await fc.assert(
    fc.asyncProperty(picture, async ({ width, bands }) => {
      const png = createPng(width);
      for (const band of bands) await png.add(band);
      const bytes = Buffer.from(await (await png.finish()).arrayBuffer());
      const given = Buffer.concat(bands);
      const height = given.length / 4 / width;
      expect(imageSize(bytes, "image/png")).toEqual({ width, height });
      const read = readPng(bytes);
      expect([read.width, read.height]).toEqual([width, height]);
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++)
          expect(read.at(x, y)).toEqual([...given.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)]);
    }),
    { numRuns: 40 },
  );
});

test("a picture of 40,000 rows is a small file", async () => {
  const png = createPng(100);
  const band = new Uint8ClampedArray(100 * 1000 * 4).fill(200);
  for (let at = 0; at < 40; at++) await png.add(band);
  const blob = await png.finish();
  expect(blob.size).toBeLessThan(100_000);
  expect(readPng(Buffer.from(await blob.arrayBuffer())).height).toBe(40_000);
});
