import type { RoleCredentials } from "../shared/credentials.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import { log } from "../shared/log.ts";
import { toWireError } from "../shared/result.ts";
import type { AuthorizeDeps } from "./authorize.ts";
import { chooseRole } from "./choose-role.ts";
import { exchange } from "./exchange.ts";
import { isPassing } from "./is-passing.ts";
import { createProviderHttp } from "./provider-http.ts";
import { renewSession } from "./renew-session.ts";
import { renewAt, shortest } from "./renewal-times.ts";
import { rememberedKey } from "./roles.ts";
import { formerKey, noteKey, Session } from "./session.ts";
import type { SessionContext } from "./session-context.ts";
import type { SessionRecord } from "./session-record.ts";
import type { SessionDeps, Sessions } from "./sessions.ts";
import { runSignIn, runSignInAsAnother } from "./sign-in.ts";

/** Milliseconds in which credentials count as new, whoever says they expired: the word was about the ones before. */
const newFor = 2000;
/** Milliseconds without another early renewal after one that failed. */
const quiet = 30_000;

export function createSessions(deps: SessionDeps): Sessions {
  const http = createProviderHttp(deps);
  const flow: AuthorizeDeps = { ...deps, http };
  const context: SessionContext = { deps, flow, setAlarm };
  const sessions = new Map<string, Promise<Session>>();
  const listeners: Parameters<Sessions["onChange"]>[0][] = [];

  function changed(session: Session): void {
    for (const listener of listeners) listener(session.profileId, session.view);
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

  async function startSignIn(profileId: string, interactive: boolean, another = false): Promise<void> {
    const session = await open(profileId);
    const somebody = ["signed-in", "renewing", "choosing-role"].includes(session.state.name);
    if (somebody && !another) return;
    if (session.signingIn === null) {
      const running = somebody
        ? runSignInAsAnother(session, context)
        : runSignIn(session, { interactive, another }, context);
      const signingIn = running.finally(() => {
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
    const { generation } = session;
    session.apply({ type: "renewal-started", generation });
    try {
      const record = await renewSession(session, old, { role: old.role, expired }, context);
      const { identity, credentials } = record;
      if (identity === null || credentials === null) throw new HoldallError("session-ended");
      session.apply({ type: "renewal-succeeded", generation, identity, expiresAt: credentials.expiresAt });
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

  /** Where nobody is signed in, signing in, or would be signed in silently, there is nothing to lock. */
  async function lockOne(session: Session): Promise<void> {
    const { profileId, record } = session;
    const somebody = record !== null || session.state.name === "signing-in";
    if (!somebody && (await deps.notes.get(noteKey(profileId))) !== "in") return;
    const { refreshToken = null, identity = null } = record ?? {};
    await Promise.all([
      session.wipe(null, true),
      deps.notes.set(noteKey(profileId), "locked"),
      ...(identity === null ? [] : [deps.store.set(formerKey(profileId), identity.id)]),
    ]);
    const profile = await deps.profile(profileId).catch(() => null);
    if (profile !== null) void deps.provider().revokeTokens(profile, refreshToken, flow);
  }

  return {
    credentials,
    signIn: (profileId, another) => startSignIn(profileId, true, another),
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
      await Promise.all([
        session.wipe(null),
        deps.notes.set(noteKey(profileId), "out"),
        deps.store.remove(formerKey(profileId)),
      ]);
      const profile = await deps.profile(profileId).catch(() => null);
      if (profile !== null)
        session.ending = deps.provider().endProviderSession(profile, { refreshToken, idToken }, flow);
    },
    async lock() {
      const ids = await deps.profiles();
      await Promise.all(ids.map(async (id) => lockOne(await open(id))));
    },
    async roles(profileId) {
      const { record } = await open(profileId);
      if (record === null) throw new HoldallError("signed-out");
      const last = await deps.notes.get(rememberedKey(profileId));
      const current = record.role ?? (typeof last === "string" ? last : null);
      return { applications: record.applications ?? [], current };
    },
    chooseRole: async (profileId, arn) => await chooseRole(await open(profileId), arn, context),
    identity: async (profileId) => (await open(profileId)).identity,
    async former(profileId) {
      const id = await deps.store.get(formerKey(profileId));
      return typeof id === "string" ? id : null;
    },
    state: async (profileId) => (await open(profileId)).view,
    idToken: async (profileId) => (await open(profileId)).record?.idToken ?? null,
    async tryExchange(profileId, signal, sessionPolicy) {
      const session = await open(profileId);
      const { idToken = null, subject = "", role = null, identity = null } = session.record ?? {};
      if (idToken === null) throw new HoldallError("signed-out");
      const ended = AbortSignal.any([signal, session.abort.signal]);
      const profile = await deps.profile(profileId);
      const input = { profile, idToken, subject, role, identity: identity?.id ?? null };
      return await exchange(sessionPolicy === undefined ? input : { ...input, sessionPolicy }, deps, ended);
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
