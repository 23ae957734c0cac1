/**
 * The grant book with what is asked at every request held in memory, and what every request adds written now and then: this
 * background is the only one that writes the book. When it ends, counts and reads of the last moment are lost; writes are noted before
 * they are answered.
 */
import type { SiteDay } from "../../messaging/sites-view.ts";
import { log } from "../../shared/log.ts";
import type { SiteGrant } from "../../shared/site/site-grant.ts";
import { dayOf } from "../../sites/day-of.ts";
import type { GrantBook, LedgerEntry, SiteOwner } from "../../sites/grant-book.ts";

/** Milliseconds, and those after a failure. */
const pause = 300;
const longPause = 30_000;
/** Of one person, while they cannot be written. */
const mostEntries = 1000;
const daysKept = 31;

type Use = Partial<Omit<SiteDay, "day">>;

interface Pending {
  owner: SiteOwner;
  /** By origin and day. */
  uses: Map<string, { origin: string; at: number; use: Use }>;
  entries: LedgerEntry[];
}

export function createBookCache(book: GrantBook): GrantBook {
  const grants = new Map<string, Promise<SiteGrant | null>>();
  const days = new Map<string, Promise<SiteDay[]>>();
  const pending = new Map<string, Pending>();
  /** Being written: what is in them counts until it is on disk. */
  const going = new Set<Pending>();
  /** By profile: what began before, and is noted later, is of somebody whose traces are gone. Milliseconds since the epoch. */
  const tracesEnd = new Map<string, number>();
  const allEnds = new Map<string, number>();
  const isGone = (ends: Map<string, number>, { profile }: SiteOwner, at: number) => at <= (ends.get(profile) ?? -1);
  let origins: Promise<string[]> | null = null;
  let writing: Promise<void> = Promise.resolve();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let failed = false;

  const keyOf = ({ profile, identity }: SiteOwner, origin = "") => JSON.stringify([profile, identity, origin]);

  function kept<T>(map: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
    const known = map.get(key);
    if (known !== undefined) return known;
    const coming = read();
    map.set(key, coming);
    coming.catch(() => map.delete(key));
    return coming;
  }

  const changed = (owner: SiteOwner, origin: string) => {
    grants.delete(keyOf(owner, origin));
    origins = null;
  };

  function pendingOf(owner: SiteOwner): Pending {
    const found = pending.get(keyOf(owner)) ?? { owner, uses: new Map(), entries: [] };
    pending.set(keyOf(owner), found);
    timer ??= setTimeout(() => flush().catch((error) => log.warn("sites", error)), failed ? longPause : pause);
    return found;
  }

  /** What fails is kept for the next time. */
  async function write(batch: Pending): Promise<void> {
    const { owner, uses, entries } = batch;
    const failures: unknown[] = [];
    for (const [key, { origin, at, use }] of uses) {
      const place = keyOf(owner, origin);
      const known = kept(days, place, () => book.use(owner, origin));
      try {
        const before = await known;
        await book.addUse(owner, origin, at, use);
        // At one stroke: whoever asks sees it once.
        uses.delete(key);
        if (days.get(place) === known) days.set(place, Promise.resolve(added(before, at, use)));
        else days.delete(place);
      } catch (error) {
        failures.push(error);
      }
    }
    try {
      if (entries.length > 0) await book.note(owner, entries);
      entries.length = 0;
    } catch (error) {
      failures.push(error);
    }
    going.delete(batch);
    failed = failures.length > 0;
    if (!failed) return;
    putBack(batch);
    throw failures[0];
  }

  function putBack({ owner, uses, entries }: Pending): void {
    const next = pendingOf(owner);
    for (const [key, one] of uses) {
      if (!isGone(allEnds, owner, one.at)) {
        next.uses.set(key, { ...one, use: sum(next.uses.get(key)?.use ?? {}, one.use) });
      }
    }
    const own = entries.filter(({ at }) => !isGone(tracesEnd, owner, at));
    next.entries = [...own, ...next.entries].slice(-mostEntries);
  }

  /** All that was noted so far is on disk when it resolves. */
  function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const all = [...pending.values()];
    pending.clear();
    for (const one of all) going.add(one);
    writing = writing
      .catch(() => undefined)
      .then(async () => {
        const ends = await Promise.allSettled(all.map(write));
        for (const end of ends) if (end.status === "rejected") throw end.reason;
      });
    return writing;
  }

  /** Nobody is kept from reading, or from forgetting, by what cannot be written. */
  const settled = () => flush().catch((error) => log.warn("sites", error));

  return {
    ...book,
    grant: (owner, origin) => kept(grants, keyOf(owner, origin), () => book.grant(owner, origin)),
    async putGrant(owner, grant) {
      await book.putGrant(owner, grant);
      changed(owner, grant.origin);
    },
    async removeGrant(owner, origin) {
      // Before too: nobody may go by it while it is taken away.
      changed(owner, origin);
      await book.removeGrant(owner, origin);
      changed(owner, origin);
    },
    origins() {
      origins ??= book.origins().catch((error) => {
        origins = null;
        throw error;
      });
      return origins;
    },
    async use(owner, origin) {
      for (;;) {
        const known = kept(days, keyOf(owner, origin), () => book.use(owner, origin));
        const stored = await known;
        // Something was written meanwhile, and is in neither.
        if (days.get(keyOf(owner, origin)) !== known) continue;
        const fresh = [...going, ...pending.values()]
          .filter((batch) => keyOf(batch.owner) === keyOf(owner))
          .flatMap(({ uses }) => [...uses.values()].filter((one) => one.origin === origin));
        return fresh.reduce((all, { at, use }) => added(all, at, use), stored);
      }
    },
    async addUse(owner, origin, at, use) {
      if (isGone(allEnds, owner, at)) return;
      const { uses } = pendingOf(owner);
      const key = JSON.stringify([origin, dayOf(at)]);
      uses.set(key, { origin, at, use: sum(uses.get(key)?.use ?? {}, use) });
    },
    async note(owner, entries) {
      const fresh = entries.filter(({ at }) => !isGone(tracesEnd, owner, at));
      if (fresh.length === 0) return;
      pendingOf(owner).entries.push(...fresh);
      if (fresh.some(({ before }) => before.kind !== "none")) await flush();
    },
    async lastAccess(owner, origin) {
      await settled();
      return await book.lastAccess(owner, origin);
    },
    async ledger(owner, input) {
      await settled();
      return await book.ledger(owner, input);
    },
    async forgetValues(owner, origin) {
      await flush();
      await book.forgetValues(owner, origin);
    },
    async forgetTraces(profile) {
      tracesEnd.set(profile, Date.now());
      await settled();
      await book.forgetTraces(profile);
    },
    async forgetProfile(profile) {
      tracesEnd.set(profile, Date.now());
      allEnds.set(profile, Date.now());
      await settled();
      await book.forgetProfile(profile);
      grants.clear();
      days.clear();
      origins = null;
    },
  };
}

function sum(a: Use, b: Use): Use {
  const all = { ...a };
  for (const [what, many] of Object.entries(b) as [keyof Use, number][]) all[what] = (all[what] ?? 0) + many;
  return all;
}

/** The days with what is not written yet. */
function added(days: SiteDay[], at: number, use: Use): SiteDay[] {
  const day = dayOf(at);
  const known = days.find((one) => one.day === day) ?? { day, ...noUse };
  const all = [{ ...known, ...sum(known, use) }, ...days.filter((one) => one.day !== day)];
  return all.toSorted((a, b) => (a.day < b.day ? 1 : -1)).slice(0, daysKept);
}

const noUse = {
  ...{ requests: 0, written: 0, read: 0, s3Writes: 0, s3Reads: 0 },
  ...{ itemWriteUnits: 0, itemReadUnits: 0, refused: 0 },
};
