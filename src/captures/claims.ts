/** Who goes first among captures of the same bytes. */
export interface Claims {
  isFree(claim: string): boolean;
  /** Resolves when nobody else has the claim; rejects when the signal is aborted. */
  take(claim: string, id: string, signal: AbortSignal): Promise<void>;
  /** Gives back whatever `id` has. */
  release(id: string): void;
}

export function createClaims(): Claims {
  const holders = new Map<string, string>();
  const waiting = new Set<() => void>();

  return {
    isFree: (claim) => !holders.has(claim),
    async take(claim, id, signal) {
      while (holders.has(claim) && holders.get(claim) !== id) {
        signal.throwIfAborted();
        await new Promise<void>((resolve) => {
          waiting.add(resolve);
          signal.addEventListener("abort", () => resolve(), { once: true });
        });
        signal.throwIfAborted();
      }
      holders.set(claim, id);
    },
    release(id) {
      for (const [claim, holder] of holders) if (holder === id) holders.delete(claim);
      for (const resolve of waiting) resolve();
      waiting.clear();
    },
  };
}
