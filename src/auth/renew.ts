/**
 * How a session gets new credentials, in this order:
 *
 * 1. the refresh token, then STS: one request each, and the provider says each time that the person is still welcome;
 * 2. the ID token that is still good, then STS: when there is no refresh token or the provider does not answer;
 * 3. the provider's own session, by a silent run through the authorization endpoint, then STS;
 * 4. the person: `session-ended`.
 *
 * A refresh token whose answer was lost may be used up, and using it again may end its whole family. It is then tried
 * only after the silent run.
 */
import type { RoleCredentials } from "../shared/credentials.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import type { Profile } from "../shared/profile.ts";
import { isPassing } from "./is-passing.ts";
import type { Tokens } from "./judge-tokens.ts";
import { idTokenUsable } from "./renewal-times.ts";
import type { SessionRecord } from "./session-record.ts";

export interface RenewDeps {
  refresh(profile: Profile, refreshToken: string, signal: AbortSignal): Promise<Tokens>;
  /** A run through the authorization endpoint without the person. */
  silent(signal: AbortSignal): Promise<Tokens>;
  /** @returns `role`: the ARN that the credentials are of; null for an identity pool */
  exchange(
    idToken: string,
    signal: AbortSignal,
  ): Promise<{ credentials: RoleCredentials; identity: string; role: string | null }>;
  /** Keeps the record at once: a rotated refresh token that is lost with the background ends the session. */
  keep(record: SessionRecord): Promise<void>;
  now(): number;
}

/**
 * @param expired AWS refused credentials that looked good: exchanging the same ID token again is then the shortest way
 * @returns the record with new credentials, kept already
 * @throws HoldallError `session-ended`, `identity-changed`, and passing ones such as `issuer-unreachable`
 */
export async function renew(
  profile: Profile,
  old: SessionRecord,
  expired: boolean,
  deps: RenewDeps,
  signal: AbortSignal,
): Promise<SessionRecord> {
  let record = old;
  const keep = async (change: Partial<SessionRecord>) => {
    record = { ...record, ...change };
    await deps.keep(record);
  };

  async function exchange(): Promise<SessionRecord> {
    const { credentials, identity, role } = await deps.exchange(record.idToken ?? "", signal);
    if (record.identity !== null && identity !== record.identity.id) throw new HoldallError("identity-changed");
    await keep({ credentials, role, identity: { id: identity, name: record.name }, obtainedAt: deps.now() });
    return record;
  }

  async function exchangeNew(tokens: Tokens): Promise<SessionRecord> {
    if (tokens.subject !== record.subject) throw new HoldallError("identity-changed");
    await keep({
      idToken: tokens.idToken,
      idTokenExpiresAt: tokens.idTokenExpiresAt,
      refreshToken: tokens.refreshToken ?? record.refreshToken,
      refreshUncertain: tokens.refreshToken === null && record.refreshUncertain,
    });
    return await exchange();
  }

  /** The record, or the reason why the next way has to be tried. */
  async function byRefreshToken(refreshToken: string): Promise<SessionRecord | HoldallError> {
    let tokens: Tokens;
    await keep({ refreshUncertain: true });
    try {
      tokens = await deps.refresh(profile, refreshToken, signal);
    } catch (error) {
      if (!(error instanceof HoldallError)) throw error;
      if (error.code === "session-ended") await keep({ refreshToken: null, refreshUncertain: false });
      else if (error.code === "offline" || error.code === "permission-needed") await keep({ refreshUncertain: false });
      if (error.code === "cancelled") throw error;
      return error;
    }
    await keep({ refreshUncertain: false });
    return await exchangeNew(tokens);
  }

  if (expired && idTokenUsable(record, deps.now())) {
    try {
      return await exchange();
    } catch (error) {
      if (!(error instanceof HoldallError) || error.code !== "token-refused") throw error;
    }
  }

  let failure: HoldallError | null = null;
  if (record.refreshToken !== null && !record.refreshUncertain) {
    const outcome = await byRefreshToken(record.refreshToken);
    if (!(outcome instanceof HoldallError)) return outcome;
    failure = outcome;
  }
  const providerSilent = failure === null || isPassing(failure);
  if (providerSilent && !expired && idTokenUsable(record, deps.now())) return await exchange();
  if (failure !== null && (failure.code === "offline" || failure.code === "permission-needed")) throw failure;

  try {
    return await exchangeNew(await deps.silent(signal));
  } catch (error) {
    if (!(error instanceof HoldallError) || error.code !== "session-ended") throw error;
  }
  if (record.refreshToken !== null && record.refreshUncertain) {
    const outcome = await byRefreshToken(record.refreshToken);
    if (!(outcome instanceof HoldallError)) return outcome;
    throw outcome;
  }
  throw failure !== null && !isPassing(failure) ? failure : new HoldallError("session-ended");
}
