import type { CapturesView, PendingCapture } from "../messaging/captures-view.ts";

/** Rows of captures under way that the popup shows at most: the app has them all. */
export const captureRows = 3;

const gap = 8;
const line = 28;
const question = 96;
const kept = 32;
const more = 28;

/** Pixels that CapturePanel takes when it comes, so that nothing jumps then. As in capture.css. */
export function captureHeight({ pending, unclaimed }: CapturesView, signedIn: boolean): number {
  const rows = pending.slice(0, captureRows);
  let height = line;
  if (unclaimed > 0 && signedIn) height += gap + question;
  if (unclaimed > 0 && !signedIn && rows.length === 0) height += gap + kept;
  // Between rows is a line of 1 pixel.
  if (rows.length > 0) height += gap + rows.length - 1;
  if (pending.length > rows.length) height += more;
  return rows.reduce((sum, row) => sum + rowHeight(row), height);
}

function rowHeight({ state }: PendingCapture): number {
  if (state === "failed") return 104;
  return state === "kept" ? 56 : 44;
}
