/** Says every few seconds that something is under way, so that the browser does not end an idle background. */
export interface Heartbeat {
  /** Beats until the returned function is called. */
  hold(): () => void;
  readonly active: boolean;
  stop(): void;
}

/** @param interval milliseconds: below the 30 s of Chromium's worker and of Firefox's event page */
export function createHeartbeat(beat: () => void, interval = 10_000): Heartbeat {
  let holds = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
  };
  return {
    get active() {
      return holds > 0;
    },
    hold: () => {
      holds += 1;
      timer ??= setInterval(beat, interval);
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        holds -= 1;
        if (holds === 0) stop();
      };
    },
    stop,
  };
}
