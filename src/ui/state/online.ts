import { signal } from "@preact/signals";

/** What the browser believes. False is certain, true is not: a request may fail all the same. */
export const online = signal(navigator.onLine);

/** Starts following the browser, once per page. */
export function followOnline(): void {
  const update = () => {
    online.value = navigator.onLine;
  };
  addEventListener("online", update);
  addEventListener("offline", update);
}
