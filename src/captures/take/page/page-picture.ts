/** A picture of the whole page. */

import { onlyAnswer, type withPageScript } from "../../../platform/page-script.ts";
import type { addPageStyle, removePageStyle } from "../../../platform/page-style.ts";
import type { captureArea, capturesAreas, captureView } from "../../../platform/tab-capture.ts";
import { HoldallError } from "../../../shared/holdall-error.ts";
import type { PageViewCalls } from "../../../shared/page-calls.ts";
import type { TakeInput, Taken, TakeWatch } from "../../taken.ts";
import { drawAreas } from "./draw-areas.ts";
import { checkMeasure } from "./page-picture-limits.ts";
import { pictureFile } from "./picture-file.ts";
import { stitchViews } from "./stitch-views.ts";

export interface PictureDeps {
  withPageScript: typeof withPageScript;
  addPageStyle: typeof addPageStyle;
  removePageStyle: typeof removePageStyle;
  captureView: typeof captureView;
  captureArea: typeof captureArea;
  capturesAreas: typeof capturesAreas;
}

const script = "inject-page-view.js";
/** Milliseconds for the pictures of all of the page to come, where it is drawn at once. */
const patience = 3000;

/**
 * The whole page as PNG, in device pixels, what is fixed to the window once. In Chromium the page scrolls meanwhile, half a second
 * for each window's height: the browser gives two pictures in a second.
 * @throws HoldallError `capture-page-closed`, `capture-screenshot-failed`, `capture-too-tall`, `cancelled`
 */
export async function takePagePicture(input: TakeInput, watch: TakeWatch, deps: PictureDeps): Promise<Taken> {
  if (input.tab === null) throw new HoldallError("capture-page-closed");
  const tab = input.tab.id;
  const bytes = await deps.withPageScript<PageViewCalls, Blob>({ tab, frame: 0 }, script, async (call) => {
    try {
      const atFirst = onlyAnswer(await call("measure"));
      checkMeasure(atFirst);
      if (!deps.capturesAreas()) return await stitchViews(tab, atFirst, call, watch, deps);
      await call("visit", patience);
      const measure = onlyAnswer(await call("measure"));
      checkMeasure(measure);
      return await drawAreas(tab, measure, watch, deps);
    } finally {
      // The page may be gone.
      await call("restore").catch(() => {});
    }
  });
  return await pictureFile(bytes);
}
