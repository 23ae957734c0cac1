/** How uploads are cut, at every boundary up to S3's largest object. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { largestObject, largestSinglePut, planUpload, rangesOf } from "../../../src/transfers/upload/plan.ts";

const MiB = 1024 ** 2;
const largestPart = 5 * 1024 * MiB;

/** What S3 takes: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
function expectPossible(size: number): void {
  const { partSize, segmentSize } = planUpload(size);
  if (size <= largestSinglePut) {
    expect({ size, partSize }).toEqual({ size, partSize: 0 });
    expect(segmentSize).toBeGreaterThanOrEqual(size);
    return;
  }
  const parts = Math.ceil(size / partSize);
  const good = Number.isSafeInteger(partSize) && parts <= 10_000 && partSize >= 8 * MiB && partSize <= largestPart;
  // A part lies within one segment.
  expect({ size, partSize, good, rest: segmentSize % partSize }).toMatchObject({ good: true, rest: 0 });
  expect(segmentSize).toBeGreaterThanOrEqual(partSize);
  // The last part has bytes, and all parts together are the file.
  expect((parts - 1) * partSize).toBeLessThan(size);
  expect(parts * partSize).toBeGreaterThanOrEqual(size);
}

describe("the plan of an upload", () => {
  it("never needs a 10,001st part: one byte around every change of the part size", () => {
    for (let part = 8; part <= 5 * 1024; part++) {
      for (const around of [-1, 0, 1]) {
        const size = Math.min(largestObject, 10_000 * part * MiB + around);
        expectPossible(size);
      }
    }
  });

  it("is possible for any size", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: largestObject }), expectPossible), { numRuns: 2000 });
  });

  it.each([
    0,
    1,
    8 * MiB - 1,
    8 * MiB,
    8 * MiB + 1,
    16 * MiB,
    64 * MiB,
    64 * MiB + 1,
    largestObject - 1,
    largestObject,
  ])("is possible for %i bytes", (size) => {
    expectPossible(size);
    expect(planUpload(size).partSize === 0).toBe(size <= 8 * MiB);
  });

  it("covers every byte once", () => {
    const sizes = fc.integer({ min: 0, max: 5000 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 700 }), (size, step) => {
        const ranges = rangesOf(size, step);
        expect(ranges.reduce((sum, { start, end }) => sum + end - start, 0)).toBe(size);
        for (const [index, { start, end }] of ranges.entries()) {
          expect(start).toBe(index * step);
          expect(end).toBe(Math.min(size, start + step));
        }
      }),
    );
  });
});
