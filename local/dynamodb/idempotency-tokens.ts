import type { LevelDatabase, LevelOperation } from "./dynalite.ts";
import { DynamoDbError } from "./errors.ts";

/** How long DynamoDB remembers a client token after the transaction was carried out. */
const lifetimeMs = 10 * 60 * 1000;

const prefix = "transaction-token~";

interface Remembered {
  fingerprint: string;
  until: number;
}

export type IdempotencyTokens = Awaited<ReturnType<typeof openIdempotencyTokens>>;

/**
 * The client tokens of transactions that were carried out. Each is stored in the batch of its transaction, so a client
 * that repeats a transaction after a crash learns the truth. `now` gives milliseconds.
 */
export async function openIdempotencyTokens(db: LevelDatabase, now: () => number = Date.now) {
  /** In order of storing, so the expired ones come first. */
  const known = new Map<string, Remembered>();
  const stored: [string, Remembered][] = [];
  for await (const [key, value] of db.iterator({ gt: prefix, lt: `${prefix}\xff` }))
    stored.push([key, value as Remembered]);
  for (const [key, value] of stored.sort(([, a], [, b]) => a.until - b.until)) known.set(key, value);

  const dropExpired = async () => {
    const expired: string[] = [];
    for (const [key, { until }] of known) {
      if (until > now()) break;
      expired.push(key);
      known.delete(key);
    }
    if (expired.length > 0) await db.batch(expired.map((key) => ({ type: "del", key })));
  };
  await dropExpired();

  return {
    /** Callers do not share tokens: nobody learns from a mismatch what another person did. */
    key: (caller: string, token: string) => `${prefix}${caller}~${token}`,

    /**
     * Whether this very transaction was carried out under its token before.
     * Throws IdempotentParameterMismatchException when it was another one.
     */
    isRepetition(key: string, fingerprint: string): boolean {
      const before = known.get(key);
      if (!before || before.until <= now()) return false;
      if (before.fingerprint === fingerprint) return true;
      throw new DynamoDbError(
        "IdempotentParameterMismatchException",
        "The request uses the same client token as a previous, but non-identical request. Do not reuse a client token with different requests, unless the requests are identical",
      );
    },

    /** The write to be stored with the transaction. */
    remember(key: string, fingerprint: string): LevelOperation {
      const value = { fingerprint, until: now() + lifetimeMs };
      return { type: "put", key, value };
    },

    /** After the transaction is stored. */
    async confirm(write: LevelOperation): Promise<void> {
      if (write.type === "put") known.set(write.key, write.value as Remembered);
      await dropExpired();
    },
  };
}
