/** How far a transfer is and how fast. */

/** Milliseconds over which the speed is taken. */
const span = 4000;
/** Shorter than this, a speed would be noise. Milliseconds. */
const shortest = 500;

export interface Meter {
  /** Bytes moved of the request under way. */
  readonly moved: number;
  /** Bytes of the whole, once the server said; null before. */
  readonly total: number | null;
  record(moved: number, total: number | null, now: number): void;
  /** Bytes per second over the last seconds; null while unknown. */
  speed(now: number): number | null;
  reset(): void;
}

export function createMeter(): Meter {
  let samples: { at: number; moved: number }[] = [];
  let moved = 0;
  let total: number | null = null;
  return {
    get moved() {
      return moved;
    },
    get total() {
      return total;
    },
    record(nowMoved, nowTotal, now) {
      moved = nowMoved;
      total = nowTotal ?? total;
      // One sample per 100 ms is enough, whatever the browser reports.
      const last = samples.at(-1);
      if (last === undefined || now - last.at >= 100) samples.push({ at: now, moved });
      while (samples.length > 2 && now - (samples[0]?.at ?? now) > span) samples.shift();
    },
    speed(now) {
      const first = samples[0];
      if (first === undefined || now - first.at < shortest) return null;
      return Math.max(0, Math.round(((moved - first.moved) * 1000) / (now - first.at)));
    },
    reset() {
      samples = [];
      moved = 0;
      total = null;
    },
  };
}

/** Runs `work` at once, then at most once per `interval` milliseconds; the last call is never lost. */
export function throttle(work: () => void, interval: number, pause: (ms: number) => Promise<void>): () => void {
  let resting = false;
  let again = false;
  const rest = async () => {
    resting = true;
    await pause(interval);
    resting = false;
    if (again) run();
  };
  const run = () => {
    again = false;
    work();
    void rest();
  };
  return () => {
    if (resting) again = true;
    else run();
  };
}
