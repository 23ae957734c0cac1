import type { Provider } from "./types.ts";

/** @param timeout milliseconds. @returns null when no provider was announced by then */
export function findProvider(timeout: number): Promise<Provider | null> {
  return new Promise((resolve) => {
    const found = (provider: Provider | null) => {
      removeEventListener("holdall:announce", heard);
      clearTimeout(timer);
      resolve(provider);
    };
    const heard = (event: Event) => found((event as CustomEvent<Provider>).detail);
    const timer = setTimeout(found, timeout, null);
    addEventListener("holdall:announce", heard);
    dispatchEvent(new CustomEvent("holdall:find"));
  });
}
