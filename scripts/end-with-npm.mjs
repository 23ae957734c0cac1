// @ts-check

/**
 * npm runs a script through a shell and passes signals to that shell alone: a SIGTERM to `npm run …` would leave the program
 * behind. When the parent is gone, the program gets the signal that its parent had.
 */
export function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === "win32") return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 300);
  watch.unref();
}
