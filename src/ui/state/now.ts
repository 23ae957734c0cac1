import { signal } from "@preact/signals";

/** Milliseconds since the epoch, renewed every 15 s: what relative times and the session's clock show. */
export const now = signal(Date.now());

/** Starts the renewal, once per page. */
export function startClock(): void {
  setInterval(() => {
    now.value = Date.now();
  }, 15_000);
}
