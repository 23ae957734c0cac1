import { signal } from "@preact/signals";

/** Milliseconds since the epoch, renewed every 15 s: what relative times and the session's clock show. */
export const now = signal(Date.now());

function tick(): void {
  now.value = Date.now();
}

/** Starts the renewal, once per page. */
export function startClock(): void {
  setInterval(tick, 15_000);
}

/** Renews every second until the returned function is called. */
export function countSeconds(): () => void {
  const timer = setInterval(tick, 1000);
  return () => clearInterval(timer);
}
