/** Notices that nothing moves. */
export interface StallWatch {
  /** Aborted once the time has passed without a kick. */
  readonly signal: AbortSignal;
  /** Something moved: the time begins again. @param time milliseconds, when other than at the start */
  kick(time?: number): void;
  end(): void;
}

/** Begins to watch at once. @param time milliseconds */
export function createStallWatch(time: number): StallWatch {
  const controller = new AbortController();
  const start = (ms: number) => setTimeout(() => controller.abort(), ms);
  let timer = start(time);
  return {
    signal: controller.signal,
    kick: (other = time) => {
      clearTimeout(timer);
      timer = start(other);
    },
    end: () => clearTimeout(timer),
  };
}
