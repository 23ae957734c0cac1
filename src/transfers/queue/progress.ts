/** How far a transfer is and how fast. */

/** Milliseconds over which the speed is taken. */
const span = 4000;
/** Shorter than this, a speed would be noise and the time left a wild guess. Milliseconds. */
const shortest = 1500;

/** Bytes per second over the last seconds. */
export interface Speedometer {
  /** So many bytes went forward just now. */
  add(bytes: number, now: number): void;
  /** Null while unknown. */
  speed(now: number): number | null;
}

export function createSpeedometer(): Speedometer {
  let samples: { at: number; moved: number }[] = [];
  let moved = 0;
  return {
    add: (bytes, now) => {
      const last = samples.at(-1);
      // After a pause it begins anew: the pause says nothing of the network.
      if (last !== undefined && now - last.at > span) samples = [];
      // One sample per 100 ms is enough, whatever the browser reports.
      if (samples.length === 0 || last === undefined || now - last.at >= 100) samples.push({ at: now, moved });
      moved += bytes;
      while (samples.length > 2 && now - (samples[0]?.at ?? now) > span) samples.shift();
    },
    speed: (now) => {
      const first = samples[0];
      if (first === undefined || now - first.at < shortest) return null;
      return Math.max(0, Math.round(((moved - first.moved) * 1000) / (now - first.at)));
    },
  };
}

export interface Meter {
  /** Bytes moved, the sum over all parts. */
  readonly moved: number;
  /**
   * So many bytes of a part are over; 0 when it begins again. Resolves to the bytes that went forward.
   * @param sending false: they were there before, so they say nothing of the speed
   */
  record(part: number, bytes: number, now: number, sending: boolean): number;
  /** Bytes per second over the last seconds; null while unknown. */
  speed(now: number): number | null;
}

export function createMeter(): Meter {
  const parts = new Map<number, number>();
  const speedometer = createSpeedometer();
  let moved = 0;
  return {
    get moved() {
      return moved;
    },
    record: (part, bytes, now, sending) => {
      const step = bytes - (parts.get(part) ?? 0);
      parts.set(part, bytes);
      moved += step;
      const forward = sending ? Math.max(0, step) : 0;
      if (sending) speedometer.add(forward, now);
      return forward;
    },
    speed: (now) => speedometer.speed(now),
  };
}

/** Seconds until `bytes` are moved; null when the speed is unknown or nothing moves. */
export function secondsFor(bytes: number, speed: number | null): number | null {
  return speed === null || speed <= 0 ? null : Math.ceil(Math.max(0, bytes) / speed);
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
