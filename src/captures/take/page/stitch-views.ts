import { type CallPage, onlyAnswer } from "../../../platform/page-script.ts";
import { HoldallError } from "../../../shared/holdall-error.ts";
import type { PageMeasure, PageShown, PageViewCalls } from "../../../shared/page-calls.ts";
import type { TakeWatch } from "../../taken.ts";
import { atCapturePace } from "./capture-pace.ts";
import type { PictureDeps } from "./page-picture.ts";
import { maxHeight } from "./page-picture-limits.ts";
import { type Canvas, planBand, planCanvas, planColumns } from "./plan-view.ts";
import { createPng, type PngWriter } from "./png-stream.ts";
import { createViewStyles } from "./view-styles.ts";

/** Milliseconds for the pictures in view to come: about what the browser's pace leaves anyway. */
const patience = 400;

/** Chromium: scrolls through the page, takes what the window shows, and puts that together row by row. */
export async function stitchViews(
  tab: number,
  measure: PageMeasure,
  call: CallPage<PageViewCalls>,
  watch: TakeWatch,
  deps: PictureDeps,
): Promise<Blob> {
  const styles = createViewStyles(tab, deps);
  let png: PngWriter | undefined;
  try {
    await styles.add({ fixed: [], sticky: [] });
    /** Scrolls, hides what would be seen twice, and takes the view. */
    const view = async (x: number, y: number): Promise<{ shown: PageShown; picture: ImageBitmap }> => {
      const shown = onlyAnswer(await call("show", x, y));
      const isFirst = shown.x === 0 && shown.y === 0;
      await styles.add({ fixed: isFirst ? [] : shown.fixed, sticky: shown.sticky });
      await call("settle", patience);
      const picture = await atCapturePace(() => deps.captureView(tab), watch.signal);
      return { shown, picture: await createImageBitmap(picture) };
    };

    const first = await view(0, 0);
    const canvas = planCanvas(measure, first.picture);
    const columns = planColumns(canvas);
    png = createPng(canvas.width);
    let drawn = 0;
    let next: typeof first | null = first;
    while (drawn < canvas.height) {
      const band = new BandCanvas(canvas);
      let added = 0;
      for (const x of columns) {
        const { shown, picture }: typeof first = next ?? (await view(x, drawn / canvas.scale));
        next = null;
        grow(canvas, shown.height, measure.height);
        const { skip, rows } = planBand(canvas, shown.y, drawn);
        band.draw(picture, Math.round(shown.x * canvas.scale), skip);
        added = rows;
      }
      // The page became shorter meanwhile.
      if (added === 0) break;
      await png.add(band.rows(added));
      drawn += added;
      watch.progress(Math.round(drawn / canvas.scale), Math.round(canvas.height / canvas.scale));
    }
    return await png.finish();
  } catch (error) {
    png?.abort();
    throw error;
  } finally {
    await styles.remove();
  }
}

/** Pictures that come while one scrolls make a page longer; one without an end is followed to twice its length. */
function grow(canvas: Canvas, height: number, atFirst: number): void {
  canvas.height = Math.max(1, Math.floor(Math.min(height, 2 * atFirst, maxHeight) * canvas.scale + 0.01));
}

/** As wide as the page and as high as a view. */
class BandCanvas {
  private readonly context: OffscreenCanvasRenderingContext2D;

  constructor(private readonly canvas: Canvas) {
    const context = new OffscreenCanvas(canvas.width, canvas.viewHeight).getContext("2d", { willReadFrequently: true });
    if (context === null) throw new HoldallError("capture-screenshot-failed", { subs: ["no canvas"] });
    this.context = context;
  }

  /** Scroll bars are cut off. @param x device pixels in the page @param skip rows that are there already */
  draw(picture: ImageBitmap, x: number, skip: number): void {
    const { viewWidth, viewHeight } = this.canvas;
    const rows = viewHeight - skip;
    if (rows > 0) this.context.drawImage(picture, 0, skip, viewWidth, rows, x, 0, viewWidth, rows);
    picture.close();
  }

  rows(count: number): Uint8ClampedArray {
    return this.context.getImageData(0, 0, this.canvas.width, count).data;
  }
}
