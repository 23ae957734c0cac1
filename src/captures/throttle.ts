/** Milliseconds between two views: progress comes more often than it can be seen. */
const pause = 200;

/** A call that runs `publish` at once, and for further calls meanwhile once more when the pause is over. */
export function createThrottle(publish: () => Promise<void>): () => void {
  let waiting = false;
  let again = false;

  function run(): void {
    waiting = true;
    again = false;
    void publish().catch(() => undefined);
    setTimeout(() => {
      waiting = false;
      if (again) run();
    }, pause);
  }

  return () => {
    if (waiting) again = true;
    else run();
  };
}
