/** What the tests do inside a page: the provider as an author without our client would use it. */
export interface Provider {
  version: number;
  request(input: { method: string; params?: unknown; signal?: AbortSignal }): Promise<unknown>;
  on(name: string, listener: (event: unknown) => void): () => void;
}

/** Runs in the page: keeps the provider as `globalThis.provider`; false when there is none within a second. */
export function findProvider(): Promise<boolean> {
  return new Promise((resolve) => {
    const found = (event: Event) => {
      Object.assign(globalThis, { provider: (event as CustomEvent).detail });
      resolve(true);
    };
    addEventListener("holdall:announce", found, { once: true });
    dispatchEvent(new CustomEvent("holdall:find"));
    setTimeout(() => resolve(false), 1000);
  });
}
