/** Tells whoever waits for a capture how it ended, or that it rests. */
import type { CaptureOutcome } from "./captures.ts";
import type { CaptureRecord } from "./record.ts";

/** How a failed one rests. */
export function failedOutcome({ error, offers }: CaptureRecord): CaptureOutcome {
  return { state: "failed", error: error ?? { code: "internal", facts: {} }, offers };
}

/** Ended ones that are remembered, for those who ask late. */
const remembered = 100;

export interface Outcomes {
  /** Resolves with the next outcome of a capture that is `underWay`, else with the last one. */
  of(id: string, underWay: boolean): Promise<CaptureOutcome>;
  tell(id: string, outcome: CaptureOutcome): void;
  /** It goes on: what was told before counts no more. */
  reopen(id: string): void;
  last(id: string): CaptureOutcome | undefined;
  /** Somebody signed out: what became of their captures is theirs. */
  clear(): void;
}

export function createOutcomes(): Outcomes {
  const told = new Map<string, CaptureOutcome>();
  const waiting = new Map<string, ((outcome: CaptureOutcome) => void)[]>();
  return {
    of: (id, underWay) => {
      const last = told.get(id);
      if (last !== undefined) return Promise.resolve(last);
      if (!underWay) return Promise.resolve({ state: "discarded" });
      return new Promise((resolve) => waiting.set(id, [...(waiting.get(id) ?? []), resolve]));
    },
    tell: (id, outcome) => {
      told.delete(id);
      told.set(id, outcome);
      const [oldest] = told.keys();
      if (told.size > remembered && oldest !== undefined) told.delete(oldest);
      for (const resolve of waiting.get(id) ?? []) resolve(outcome);
      waiting.delete(id);
    },
    reopen: (id) => void told.delete(id),
    last: (id) => told.get(id),
    clear: () => told.clear(),
  };
}
