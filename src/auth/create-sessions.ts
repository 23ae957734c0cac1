import type { RoleCredentials } from "../shared/credentials.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import { log } from "../shared/log.ts";
import type { Profile } from "../shared/profile.ts";
import { toWireError } from "../shared/result.ts";
import type { AuthorizeDeps } from "./authorize.ts";
import { isPassing } from "./is-passing.ts";
import { createProviderHttp } from "./provider-http.ts";
import { renew } from "./renew.ts";
import { renewAt, shortest } from "./renewal-times.ts";
import { Session } from "./session.ts";
import { sessionName } from "./session-name.ts";
import type { SessionRecord } from "./session-record.ts";
import { viewOf } from "./session-state.ts";
import type { SessionDeps, Sessions } from "./sessions.ts";

/** Milliseconds in which credentials count as new, whoever says they expired: the word was about the ones before. */
const newFor = 2000;
/** Milliseconds without another early renewal after one that failed. */
const quiet = 30_000;

/** Milliseconds that a sign-in waits for the provider to be told of the sign-out before. */
const patience = 3000;

/** `in` after a sign-in, `out` after a sign-out; absent before the first. */
const noteKey = (profileId: string) => `last/${profileId}`;

export function createSessions(deps: SessionDeps): Sessions {
  const http = createProviderHttp(deps);
  const flow: AuthorizeDeps = { ...deps, http };
  const sessions = new Map<string, Promise<Session>>();
  const listeners: Parameters<Sessions["onChange"]>[0][] = [];

  function changed(session: Session): void {
    for (const listener of listeners) listener(session.profileId, viewOf(session.state));
  }

  function open(profileId: string): Promise<Session> {
    let session = sessions.get(profileId);
    if (session === undefined) {
      session = Session.restore(profileId, deps, changed);
      sessions.set(profileId, session);
      // A read that failed is no absence: the next caller reads again.
      session.catch(() => sessions.delete(profileId));
    }
    return session;
  }

  async function exchange(profile: Profile, idToken: string, subject: string, signal: AbortSignal) {
    const { credentials } = profile;
    // Under construction: roles to choose from, and identity pools.
    if (credentials.kind !== "webIdentity" || credentials.role.kind !== "fixed") throw new HoldallError("internal");
    const { durationSeconds, role } = credentials;
    const name = await sessionName(subject);
    return await deps.assumeRole({ profile, roleArn: role.arn, durationSeconds, idToken, sessionName: name, signal });
  }

  async function runSignIn(session: Session, interactive: boolean): Promise<void> {
    const { profileId, interrupted } = session;
    session.interrupted = false;
    session.apply({ type: "sign-in-started" });
    const { generation } = session;
    const { signal } = session.abort;
    try {
      // With the provider's metadata in memory nothing else would notice before the window did.
      if (!deps.online()) throw new HoldallError("offline");
      // The end of the session before would take the new one with it at the provider.
      if (session.ending !== null) await Promise.race([session.ending, deps.sleep(patience, signal)]);
      const profile = await deps.profile(profileId);
      const askWho = interactive && (await deps.notes.get(noteKey(profileId))) === "out";
      const tokens = await deps.provider().authorize({ profile, profileId, interactive, askWho }, flow, signal);
      const { credentials, identity } = await exchange(profile, tokens.idToken, tokens.subject, signal);
      const { idToken, idTokenExpiresAt, refreshToken, subject } = tokens;
      await session.keep(generation, {
        subject,
        identity: { id: identity, name: tokens.name },
        idToken,
        idTokenExpiresAt,
        refreshToken,
        refreshUncertain: false,
        credentials,
        obtainedAt: deps.now(),
      });
      const { expiresAt } = credentials;
      session.apply({
        type: "sign-in-succeeded",
        generation,
        identity: { id: identity, name: tokens.name },
        expiresAt,
      });
      setAlarm(session);
      await deps.notes.set(noteKey(profileId), "in");
    } catch (error) {
      const wire = toWireError(error);
      // A silent try that needs the person is no failure that the person should read about.
      const quietly = !interactive && wire.code === "session-ended";
      const told = interrupted ? { code: "sign-in-interrupted" as const, facts: {} } : null;
      session.apply({ type: "sign-in-failed", generation, error: quietly ? told : wire });
      throw error;
    }
  }

  async function startSignIn(profileId: string, interactive: boolean): Promise<void> {
    const session = await open(profileId);
    if (session.state.name === "signed-in" || session.state.name === "renewing") return;
    if (session.signingIn === null) {
      const signingIn = runSignIn(session, interactive).finally(() => {
        if (session.signingIn === signingIn) session.signingIn = null;
      });
      session.signingIn = signingIn;
    }
    await session.signingIn;
  }

  function setAlarm({ profileId, record }: Session): void {
    const { credentials = null, obtainedAt = 0 } = record ?? {};
    deps.alarm(profileId, credentials === null ? null : renewAt({ credentials, obtainedAt }));
  }

  async function runRenewal(session: Session, old: SessionRecord, expired: boolean): Promise<SessionRecord> {
    const { profileId, generation } = session;
    const { signal } = session.abort;
    session.apply({ type: "renewal-started", generation });
    try {
      if (!deps.online()) throw new HoldallError("offline");
      const profile = await deps.profile(profileId);
      const record = await renew(
        profile,
        old,
        expired,
        {
          refresh: (one, token, aborted) => deps.provider().refreshTokens(one, token, flow, aborted),
          silent: (aborted) =>
            deps.provider().authorize({ profile, profileId, interactive: false, askWho: false }, flow, aborted),
          exchange: (idToken, aborted) => exchange(profile, idToken, old.subject, aborted),
          keep: (next) => session.keep(generation, next),
          now: deps.now,
        },
        signal,
      );
      const expiresAt = record.credentials?.expiresAt ?? 0;
      session.apply({ type: "renewal-succeeded", generation, identity: record.identity, expiresAt });
      setAlarm(session);
      return record;
    } catch (error) {
      session.check(generation);
      await giveUp(session, generation, error);
      throw error;
    }
  }

  /** After a renewal that failed: wait, ask the person, or forget it all. */
  async function giveUp(session: Session, generation: number, error: unknown): Promise<void> {
    const wire = toWireError(error);
    log.warn("renewal", error);
    if (wire.code === "identity-changed") {
      await session.wipe(wire);
    } else if (isPassing(error)) {
      session.quietUntil = deps.now() + quiet;
      session.apply({ type: "renewal-failed", generation, error: wire });
    } else {
      deps.alarm(session.profileId, null);
      if (session.record !== null) {
        const nothing = { idToken: null, refreshToken: null, refreshUncertain: false, credentials: null };
        await session.keep(generation, { ...session.record, ...nothing });
      }
      session.apply({ type: "renewal-ended", generation, error: wire });
    }
  }

  function renewOnce(session: Session, record: SessionRecord, expired: boolean): Promise<SessionRecord> {
    if (session.renewal === null) {
      const renewal = runRenewal(session, record, expired).finally(() => {
        if (session.renewal === renewal) session.renewal = null;
      });
      session.renewal = renewal;
    }
    return session.renewal;
  }

  async function credentials(profileId: string, fresh = false): Promise<RoleCredentials> {
    const session = await open(profileId);
    const { record } = session;
    if (record === null) throw new HoldallError("signed-out");
    if (record.credentials === null || session.state.name === "signing-in") throw new HoldallError("session-ended");
    const now = deps.now();
    const present = { credentials: record.credentials, obtainedAt: record.obtainedAt };
    const good = present.credentials.expiresAt - now > shortest;
    // A clock that was set back makes old credentials look new: then `fresh` is believed.
    const age = now - present.obtainedAt;
    if (good && (!fresh || (age >= 0 && age < newFor))) {
      if (now >= renewAt(present) && now >= session.quietUntil) {
        // The caller has what it needs; `giveUp` has logged what went wrong.
        renewOnce(session, record, false).catch(() => undefined);
      }
      return present.credentials;
    }
    const { generation } = session;
    const renewed = await renewOnce(session, record, fresh && good);
    session.check(generation);
    if (renewed.credentials === null) throw new HoldallError("session-ended");
    return renewed.credentials;
  }

  return {
    credentials,
    signIn: (profileId) => startSignIn(profileId, true),
    async signInSilently(profileId) {
      const session = await open(profileId);
      const wanted = session.interrupted || (await deps.notes.get(noteKey(profileId))) === "in";
      if (!wanted || session.record !== null || session.signingIn !== null) return session.record !== null;
      return await startSignIn(profileId, false).then(
        () => true,
        () => false,
      );
    },
    async signOut(profileId) {
      const session = await open(profileId);
      const { refreshToken = null, idToken = null } = session.record ?? {};
      // At once: a background that ends in between must not sign somebody in silently who has just signed out.
      await Promise.all([session.wipe(null), deps.notes.set(noteKey(profileId), "out")]);
      const profile = await deps.profile(profileId).catch(() => null);
      if (profile !== null)
        session.ending = deps.provider().endProviderSession(profile, { refreshToken, idToken }, flow);
    },
    identity: async (profileId) => (await open(profileId)).identity,
    state: async (profileId) => viewOf((await open(profileId)).state),
    idToken: async (profileId) => (await open(profileId)).record?.idToken ?? null,
    async tryExchange(profileId, signal) {
      const session = await open(profileId);
      const { idToken = null, subject = "" } = session.record ?? {};
      if (idToken === null) throw new HoldallError("signed-out");
      const ended = AbortSignal.any([signal, session.abort.signal]);
      return await exchange(await deps.profile(profileId), idToken, subject, ended);
    },
    generation: async (profileId) => (await open(profileId)).generation,
    async renewIfNeeded(profileId) {
      if (!deps.needed(profileId)) return;
      await credentials(profileId).catch(() => undefined);
    },
    onChange(listener) {
      listeners.push(listener);
    },
  };
}
