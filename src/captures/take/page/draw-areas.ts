import { HoldallError } from "../../../shared/holdall-error.ts";
import type { PageMeasure } from "../../../shared/page-calls.ts";
import type { TakeWatch } from "../../taken.ts";
import type { PictureDeps } from "./page-picture.ts";
import { createPng } from "./png-stream.ts";
import { rowsOf } from "./rows-of.ts";

/** Device pixels: Firefox makes no picture that is larger in either direction. */
const longestSide = 32_767;
/** Device pixels: three bytes each and more while it is drawn. */
const largestArea = 120_000_000;

/** Firefox: draws the page in as few areas as it can, mostly one. */
export async function drawAreas(tab: number, measure: PageMeasure, watch: TakeWatch, deps: PictureDeps): Promise<Blob> {
  const areas = sliceHeights(measure);
  const [first = measure.height] = areas;
  const draw = (y: number, height: number) => deps.captureArea(tab, { x: 0, y, width: measure.width, height });
  if (areas.length <= 1) {
    const picture = await draw(0, first);
    watch.progress(measure.height, measure.height);
    return picture;
  }
  let png: ReturnType<typeof createPng> | undefined;
  try {
    let y = 0;
    for (const height of areas) {
      if (watch.signal.aborted) throw new HoldallError("cancelled");
      const picture = await createImageBitmap(await draw(y, height));
      png ??= createPng(picture.width);
      for await (const rows of rowsOf(picture)) await png.add(rows);
      picture.close();
      y += height;
      watch.progress(y, measure.height);
    }
    if (png === undefined) throw new HoldallError("capture-screenshot-failed", { subs: ["the page has no height"] });
    return await png.finish();
  } catch (error) {
    png?.abort();
    throw error;
  }
}

/** Heights in CSS pixels, from the top; each but the last is a whole number of device pixels too. */
export function sliceHeights({ width, height, ratio }: Pick<PageMeasure, "width" | "height" | "ratio">): number[] {
  const deviceRows = Math.max(1, Math.min(longestSide, Math.floor(largestArea / (width * ratio))));
  if (height * ratio <= deviceRows) return [height];
  // Whole in both units: no row is drawn by halves.
  const whole = wholeStep(ratio);
  const most = Math.max(whole, Math.floor(deviceRows / ratio / whole) * whole);
  const slices = [];
  for (let y = 0; y < height; y += most) slices.push(Math.min(most, height - y));
  return slices;
}

/** The fewest CSS pixels that are a whole number of device pixels, for the ratios of screens and of zoom (in hundredths). */
function wholeStep(ratio: number): number {
  const hundredths = Math.round(ratio * 100);
  for (let pixels = 1; pixels < 100; pixels++) if ((pixels * hundredths) % 100 === 0) return pixels;
  return 100;
}
