import { type Signal, signal } from "@preact/signals";
import type { Input, Output } from "../../messaging/protocol.ts";
import type { ActivityEntry } from "../../shared/activity.ts";
import type { HoldallError } from "../../shared/holdall-error.ts";
import { asHoldallError } from "../../ui/error-text.ts";

/** Milliseconds between two questions. */
const interval = 1000;
/** So many of those that are known are asked for again: their last byte may have come meanwhile. */
const again = 50;

export interface ActivityFeed {
  /** Newest first; null until they are known. */
  entries: Signal<ActivityEntry[] | null>;
  /** How many older ones are not kept. */
  dropped: Signal<number>;
  error: Signal<HoldallError | null>;
  /** Asks at once, and each second from then on. */
  start(): void;
  stop(): void;
}

type Ask = (input: Input<"activity.list">) => Promise<Output<"activity.list">>;

/** Follows the list of requests. @param ask what asks the background */
export function createActivityFeed(ask: Ask): ActivityFeed {
  const entries = signal<ActivityEntry[] | null>(null);
  const dropped = signal(0);
  const error = signal<HoldallError | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let run = 0;

  async function look(): Promise<void> {
    const known = entries.value ?? [];
    const newest = known[0]?.n ?? 0;
    let after = Math.max(0, newest - again);
    let answer = await ask({ after });
    // Cleared since: numbers began anew.
    if (answer.newest < newest) {
      after = 0;
      answer = await ask({ after });
    }
    const kept = known.filter(({ n }) => n <= after && n > answer.dropped);
    const next = [...answer.entries.toReversed(), ...kept];
    dropped.value = answer.dropped;
    // Nothing new: nothing is drawn again.
    if (entries.value === null || !same(next, known)) entries.value = next;
  }

  async function follow(mine: number): Promise<void> {
    try {
      await look();
      error.value = null;
    } catch (cause) {
      error.value = asHoldallError(cause);
    }
    if (mine === run) timer = setTimeout(() => void follow(mine), interval);
  }

  return {
    entries,
    dropped,
    error,
    start() {
      run += 1;
      clearTimeout(timer);
      void follow(run);
    },
    stop() {
      run += 1;
      clearTimeout(timer);
    },
  };
}

function same(one: ActivityEntry[], other: ActivityEntry[]): boolean {
  const late = ({ n, ms, received }: ActivityEntry) => `${n} ${ms} ${received}`;
  return one.length === other.length && one.every((entry, index) => late(entry) === late(other[index] ?? entry));
}
