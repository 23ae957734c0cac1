/** Lets a burst through and then so many a second: floods end here, before they reach the background. */
export interface TokenBucket {
  /** @returns 0 when one may pass; else after how many milliseconds the next may */
  take(): number;
}

/** @param now milliseconds of a clock that never goes back */
export function createTokenBucket(burst: number, perSecond: number, now: () => number): TokenBucket {
  let tokens = burst;
  let last = now();
  return {
    take: () => {
      const at = now();
      tokens = Math.min(burst, tokens + ((at - last) * perSecond) / 1000);
      last = at;
      if (tokens < 1) return Math.ceil(((1 - tokens) * 1000) / perSecond);
      tokens -= 1;
      return 0;
    },
  };
}
