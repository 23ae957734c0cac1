/** Where the parts of a page lie in a picture that is made of views of it. */
import type { PageMeasure } from "../../../shared/page-calls.ts";

/** Device pixels. */
export interface Canvas {
  width: number;
  height: number;
  /** Of what one view shows without scroll bars: whole pixels. */
  viewWidth: number;
  viewHeight: number;
  /** Device pixels in one of CSS. */
  scale: number;
}

/** @param picture width of the first view's picture: the browser's zoom and the screen in one figure */
export function planCanvas(measure: PageMeasure, picture: { width: number }): Canvas {
  const scale = picture.width / measure.windowWidth;
  const inDevice = (pixels: number) => Math.max(1, Math.floor(pixels * scale + 0.01));
  return {
    width: inDevice(measure.width),
    height: inDevice(measure.height),
    viewWidth: inDevice(measure.viewWidth),
    viewHeight: inDevice(measure.viewHeight),
    scale,
  };
}

/** Left edges of the views side by side, in CSS pixels. */
export function planColumns({ width, viewWidth, scale }: Canvas): number[] {
  return Array.from({ length: Math.ceil(width / viewWidth) }, (_, column) => (column * viewWidth) / scale);
}

export interface Band {
  /** Rows of the view that are in the picture already. */
  skip: number;
  /** New rows. */
  rows: number;
}

/**
 * What a view adds. @param y where the page is scrolled to, CSS pixels: less than was asked for at its end
 * @param drawn rows of the picture that are there
 */
export function planBand({ height, viewHeight, scale }: Canvas, y: number, drawn: number): Band {
  const skip = Math.max(0, drawn - Math.round(y * scale));
  return { skip, rows: Math.max(0, Math.min(viewHeight - skip, height - drawn)) };
}
