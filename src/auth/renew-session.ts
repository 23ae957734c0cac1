import { HoldallError } from "../shared/holdall-error.ts";
import { exchange } from "./exchange.ts";
import { renew } from "./renew.ts";
import type { Session } from "./session.ts";
import type { SessionContext } from "./session-context.ts";
import type { SessionRecord } from "./session-record.ts";

interface Renewal {
  /** ARN of the role that credentials are wanted of; null for an identity pool. */
  role: string | null;
  /** As of `renew`. */
  expired: boolean;
}

/**
 * New credentials for a session, and what it keeps then.
 * @throws HoldallError `offline`, `profile-missing`, and those of `renew`
 */
export async function renewSession(
  session: Session,
  record: SessionRecord,
  { role, expired }: Renewal,
  { deps, flow }: SessionContext,
): Promise<SessionRecord> {
  const { profileId, generation } = session;
  const { signal } = session.abort;
  if (!deps.online()) throw new HoldallError("offline");
  const profile = await deps.profile(profileId);
  return await renew(
    profile,
    record,
    expired,
    {
      refresh: (one, token, aborted) => deps.provider().refreshTokens(one, token, flow, aborted),
      silent: (aborted) =>
        deps.provider().authorize({ profile, profileId, interactive: false, askWho: false }, flow, aborted),
      async exchange(idToken, aborted) {
        const { subject, identity } = record;
        const input = { profile, idToken, subject, role, identity: identity?.id ?? null };
        return { ...(await exchange(input, deps, aborted)), role };
      },
      keep: (next) => session.keep(generation, next),
      now: deps.now,
    },
    signal,
  );
}
