import type { SessionRecord } from "./session-record.ts";

/** Milliseconds of life that credentials must have left to be handed out: a request has to arrive before their end. */
export const shortest = 30_000;

/**
 * When to renew, milliseconds since the epoch: five minutes before the end, or after 90 % of a short session.
 * @param record with credentials
 */
export function renewAt(record: { credentials: { expiresAt: number }; obtainedAt: number }): number {
  const { expiresAt } = record.credentials;
  return expiresAt - Math.min(300_000, Math.max(0, expiresAt - record.obtainedAt) / 10);
}

/** True when the ID token can still be exchanged, with time for the request. */
export function idTokenUsable(record: SessionRecord, now: number): boolean {
  return record.idToken !== null && record.idTokenExpiresAt - now > shortest;
}
