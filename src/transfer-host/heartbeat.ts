/** Says every few seconds that something is under way, so that the browser does not end an idle background. */
export interface Heartbeat {
  /** Beats until the returned function is called. */
  hold(): () => void;
  /** Beats while the work lasts. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /** Is told of every beat, in place of who was before, until the returned function is called. */
  listen(beat: () => void): () => void;
  readonly active: boolean;
}

/** @param interval milliseconds: below the 30 s of Chromium's worker and of Firefox's event page */
export function createHeartbeat(interval = 10_000): Heartbeat {
  let holds = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  let listener: (() => void) | null = null;

  function hold(): () => void {
    holds += 1;
    timer ??= setInterval(() => listener?.(), interval);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      holds -= 1;
      if (holds > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  }

  return {
    get active() {
      return holds > 0;
    },
    hold,
    during: async (work) => {
      const release = hold();
      try {
        return await work();
      } finally {
        release();
      }
    },
    listen: (beat) => {
      listener = beat;
      return () => {
        if (listener === beat) listener = null;
      };
    },
  };
}
