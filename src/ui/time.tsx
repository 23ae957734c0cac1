import { exactTime, relativeTime } from "./format/relative-time.ts";
import { now } from "./state/now.ts";

/** Relative up to a day, then the date; exact on hover. `at` in milliseconds since the epoch. */
export function Time({ at }: { at: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={exactTime(at)}>
      {relativeTime(at, now.value)}
    </time>
  );
}
