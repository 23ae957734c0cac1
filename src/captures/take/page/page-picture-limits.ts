import { HoldallError } from "../../../shared/holdall-error.ts";
import type { PageMeasure } from "../../../shared/page-calls.ts";

/** CSS pixels: a hundred screens. Pages without an end are taken to here at most. */
export const maxHeight = 100_000;
/** CSS pixels. */
const maxWidth = 10_000;

/** @throws HoldallError `capture-too-tall` */
export function checkMeasure({ width, height }: PageMeasure): void {
  if (height > maxHeight || width > maxWidth) {
    throw new HoldallError("capture-too-tall", { subs: [String(height > maxHeight ? maxHeight : maxWidth)] });
  }
}
