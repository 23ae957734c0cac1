import fc from "fast-check";
import { expect, test } from "vitest";
import { sliceHeights } from "../../../src/captures/take/page/draw-areas.ts";
import { planBand, planCanvas, planColumns } from "../../../src/captures/take/page/plan-view.ts";

const ratio = fc.constantFrom(0.5, 0.67, 0.9, 1, 1.1, 1.25, 1.5, 2, 3);

test("views cover a page without a gap, without a row twice, and no more of them than needed", () => {
  const page = fc.record({
    width: fc.integer({ min: 200, max: 3000 }),
    height: fc.integer({ min: 100, max: 30_000 }),
    view: fc.integer({ min: 100, max: 1200 }),
    bar: fc.constantFrom(0, 15),
    ratio,
  });
  fc.assert(
    fc.property(page, ({ width, height, view, bar, ratio }) => {
      const windowHeight = view + bar;
      const measure = {
        width,
        height: Math.max(height, view),
        windowWidth: 1000 + bar,
        windowHeight,
        viewWidth: 1000,
        viewHeight: view,
        ratio,
      };
      const canvas = planCanvas(measure, { width: Math.round((1000 + bar) * ratio) });
      let drawn = 0;
      let views = 0;
      while (drawn < canvas.height) {
        const y = Math.min(drawn / canvas.scale, measure.height - view);
        const { skip, rows } = planBand(canvas, y, drawn);
        // The rows begin where the last ones ended.
        expect(Math.abs(y * canvas.scale + skip - drawn)).toBeLessThan(1);
        expect(skip + rows).toBeLessThanOrEqual(canvas.viewHeight);
        if (rows === 0) break;
        drawn += rows;
        views += 1;
      }
      expect(canvas.height - drawn).toBeLessThanOrEqual(1);
      expect(views).toBeLessThanOrEqual(Math.ceil(canvas.height / canvas.viewHeight) + 1);
      expect(planColumns(canvas)).toHaveLength(Math.ceil(canvas.width / canvas.viewWidth));
    }),
  );
});

test("areas add up to the page, and each can be drawn", () => {
  const page = fc.record({
    width: fc.integer({ min: 1, max: 10_000 }),
    height: fc.integer({ min: 1, max: 100_000 }),
    ratio,
  });
  fc.assert(
    fc.property(page, (measure) => {
      const slices = sliceHeights(measure);
      expect(slices.reduce((sum, height) => sum + height, 0)).toBe(measure.height);
      for (const height of slices) expect(height * measure.ratio).toBeLessThanOrEqual(32_767);
    }),
  );
  expect(sliceHeights({ width: 1280, height: 20_000, ratio: 1 })).toEqual([20_000]);
});
