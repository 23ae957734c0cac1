/** How much of Holdall one site may have at a time, so that a flood from it harms nobody else. */
import { mostParallel, mostWaiting } from "../messaging/site-methods.ts";
import { endOf, SiteProblem } from "./site-problem.ts";

export interface Limits {
  /**
   * Counts a request. Requests may come in a burst of a sixth of a minute's number.
   * @param many of a request that stands for several: it goes through where one would, and the next wait for all of them
   * @throws SiteProblem `over-limit` with `retryAfter`
   */
  count(site: string, requestsPerMinute: number, many?: number): void;
  /**
   * Runs `work` when fewer than `mostParallel` of the site are running. It must not wait for another place: all could.
   * @param most how many may wait before it
   * @throws SiteProblem `over-limit`, `cancelled`
   */
  slot<T>(site: string, signal: AbortSignal, work: () => Promise<T>, most?: number): Promise<T>;
}

interface Site {
  tokens: number;
  /** Milliseconds since the epoch. */
  filled: number;
  running: number;
  waiting: (() => void)[];
}

export function createLimits(now: () => number): Limits {
  const sites = new Map<string, Site>();

  function of(site: string): Site {
    const known = sites.get(site) ?? { tokens: Number.POSITIVE_INFINITY, filled: now(), running: 0, waiting: [] };
    sites.set(site, known);
    return known;
  }

  return {
    count(site, requestsPerMinute, many = 1) {
      const state = of(site);
      const burst = Math.max(1, requestsPerMinute / 6);
      const perMillisecond = requestsPerMinute / 60_000;
      // A clock that goes back fills nothing.
      const grown = Math.max(0, now() - state.filled) * perMillisecond;
      state.tokens = Math.min(burst, state.tokens + grown);
      state.filled = now();
      if (state.tokens < 1) {
        const retryAfter = Math.ceil((1 - state.tokens) / perMillisecond);
        throw new SiteProblem("over-limit", "Too many requests.", { retryAfter });
      }
      state.tokens -= many;
    },
    async slot(site, signal, work, most = mostWaiting) {
      const state = of(site);
      if (state.running >= mostParallel) {
        if (state.waiting.length >= most) {
          throw new SiteProblem("over-limit", "Too many requests at once.", { retryAfter: 1000 });
        }
        await new Promise<void>((resolve) => {
          state.waiting.push(resolve);
          signal.addEventListener("abort", () => {
            const at = state.waiting.indexOf(resolve);
            if (at < 0) return;
            state.waiting.splice(at, 1);
            state.running += 1;
            resolve();
          });
        });
      } else state.running += 1;
      try {
        if (signal.aborted) throw endOf(signal);
        return await work();
      } finally {
        const next = state.waiting.shift();
        // The place goes on to who waits.
        if (next !== undefined) next();
        else state.running -= 1;
      }
    },
  };
}
