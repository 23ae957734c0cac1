import type { Provider } from "./types.ts";

/** @param timeout milliseconds. @returns null when no provider was announced by then */
export function findProvider(timeout: number): Promise<Provider | null> {
  return new Promise((resolve) => {
    const heard = (event: Event) => resolve((event as CustomEvent<Provider>).detail);
    addEventListener("holdall:announce", heard, { once: true });
    dispatchEvent(new CustomEvent("holdall:find"));
    // Whichever comes second changes nothing.
    setTimeout(resolve, timeout, null);
  });
}
