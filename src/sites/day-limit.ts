/** The bytes that a site may move in a day (UTC): those that were counted, and those that are on their way. */
import type { SiteGrant } from "../shared/site/site-grant.ts";
import { dayOf } from "./day-of.ts";
import type { GrantBook, SiteOwner } from "./grant-book.ts";
import { SiteProblem } from "./site-problem.ts";

export interface DayLimit {
  /** @param bytes about to be moved @throws SiteProblem `over-limit`, with `retryAfter` until midnight */
  check(owner: SiteOwner, grant: SiteGrant, bytes: number): Promise<void>;
  /** What is checked meanwhile takes `bytes` as moved. @throws SiteProblem `over-limit` */
  holding<T>(owner: SiteOwner, grant: SiteGrant, bytes: number, work: () => Promise<T>): Promise<T>;
}

const millisecondsOfDay = 86_400_000;

export function createDayLimit(book: GrantBook, now: () => number): DayLimit {
  const held = new Map<string, number>();
  const keyOf = ({ profile, identity }: SiteOwner, { origin }: SiteGrant) =>
    JSON.stringify([profile, identity, origin]);

  async function counted(owner: SiteOwner, { origin }: SiteGrant): Promise<number> {
    const day = dayOf(now());
    const today = (await book.use(owner, origin)).find((one) => one.day === day);
    return (today?.read ?? 0) + (today?.written ?? 0);
  }

  function compare(used: number, bytes: number, { limits }: SiteGrant): void {
    if (used + bytes <= limits.bytesPerDay && used < limits.bytesPerDay) return;
    const retryAfter = millisecondsOfDay - (now() % millisecondsOfDay);
    throw new SiteProblem("over-limit", "The bytes of today do not suffice.", { detail: "bytes", retryAfter });
  }

  return {
    async check(owner, grant, bytes) {
      const used = await counted(owner, grant);
      compare(used + (held.get(keyOf(owner, grant)) ?? 0), bytes, grant);
    },
    async holding(owner, grant, bytes, work) {
      const key = keyOf(owner, grant);
      const used = await counted(owner, grant);
      // From here to the first of `work` nothing is awaited: of two that ask at once, the second one sees the first.
      compare(used + (held.get(key) ?? 0), bytes, grant);
      held.set(key, (held.get(key) ?? 0) + bytes);
      try {
        return await work();
      } finally {
        const left = (held.get(key) ?? 0) - bytes;
        if (left > 0) held.set(key, left);
        else held.delete(key);
      }
    },
  };
}
