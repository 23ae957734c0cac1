import { HoldallError } from "../../../shared/holdall-error.ts";

/** Chromium: MAX_CAPTURE_VISIBLE_TAB_CALLS_PER_SECOND. */
const perSecond = 2;
/** Milliseconds: the browser's clock begins a little later than ours. */
const second = 1020;
const attempts = 3;

/** When the last ones began: the limit is for the extension, whatever tab it captures. */
const begun: number[] = [];

/**
 * Runs `capture` as soon as Chromium allows it, and again when it says that it was too soon.
 * @throws HoldallError `cancelled`, and what `capture` throws
 */
export async function atCapturePace<T>(capture: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const earlier = begun[begun.length - perSecond];
    if (earlier !== undefined) await wait(earlier + second - performance.now(), signal);
    begun.push(performance.now());
    begun.splice(0, begun.length - perSecond);
    try {
      return await capture();
    } catch (error) {
      if (attempt === attempts || !isTooSoon(error)) throw error;
      await wait(second, signal);
    }
  }
}

const isTooSoon = (error: unknown) => error instanceof HoldallError && String(error.facts.subs).includes("PER_SECOND");

/** @throws HoldallError `cancelled` */
async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw new HoldallError("cancelled");
  if (milliseconds <= 0) return;
  await new Promise<void>((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(new HoldallError("cancelled"));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", stop, { once: true });
  });
}
