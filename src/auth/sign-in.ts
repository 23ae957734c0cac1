/** Signing in: the window, the tokens, the role, and what of it is kept. */
import { HoldallError } from "../shared/holdall-error.ts";
import type { Profile } from "../shared/profile.ts";
import { toWireError } from "../shared/result.ts";
import { type Admission, admit } from "./admit.ts";
import type { Tokens } from "./judge-tokens.ts";
import { countRoles, rememberedKey } from "./roles.ts";
import { formerKey, noteKey, type Session } from "./session.ts";
import type { SessionContext } from "./session-context.ts";

/** Milliseconds that a sign-in waits for the provider to be told of the sign-out before. */
const patience = 3000;

/** A sign-in of whoever the provider says it is; with the window, or without. */
export async function runSignIn(
  session: Session,
  { interactive, another }: { interactive: boolean; another: boolean },
  context: SessionContext,
): Promise<void> {
  const { deps } = context;
  const { profileId, interrupted } = session;
  session.interrupted = false;
  const former = session.identity?.id ?? null;
  session.apply({ type: "sign-in-started" });
  const { generation } = session;
  try {
    // With the provider's metadata in memory nothing else would notice before the window did.
    if (!deps.online()) throw new HoldallError("offline");
    // The end of the session before would take the new one with it at the provider.
    if (session.ending !== null) await Promise.race([session.ending, deps.sleep(patience, session.abort.signal)]);
    const note = await deps.notes.get(noteKey(profileId));
    const askWho = interactive && (note === "out" || note === "locked");
    const arrival = await arrive(session, { interactive, askWho, another }, context);
    await settle(session, generation, { ...arrival, former }, context);
  } catch (error) {
    const wire = toWireError(error);
    // A silent try that needs the person is no failure that the person should read about.
    const quietly = !interactive && wire.code === "session-ended";
    const told = interrupted ? { code: "sign-in-interrupted" as const, facts: {} } : null;
    session.apply({ type: "sign-in-failed", generation, error: quietly ? told : wire });
    throw error;
  }
}

/**
 * Somebody is signed in, and the person wants to be somebody else: nothing changes before the provider and AWS have said
 * who. When it is the same person after all, they keep what is theirs.
 */
export async function runSignInAsAnother(session: Session, context: SessionContext): Promise<void> {
  const present = session.generation;
  if (!context.deps.online()) throw new HoldallError("offline");
  const arrival = await arrive(session, { interactive: true, askWho: false, another: true }, context);
  session.check(present);
  const former = session.identity?.id ?? null;
  const { refreshToken = null } = session.record ?? {};
  session.apply({ type: "sign-in-started" });
  await settle(session, session.generation, { ...arrival, former }, context);
  void context.deps.provider().revokeTokens(arrival.profile, refreshToken, context.flow);
}

/** Through the provider, and as far as AWS lets them in. Changes nothing of the session. */
async function arrive(
  { profileId, abort: { signal } }: Session,
  how: { interactive: boolean; askWho: boolean; another: boolean },
  { deps, flow }: SessionContext,
): Promise<Omit<Arrival, "former">> {
  const profile = await deps.profile(profileId);
  const tokens = await deps.provider().authorize({ profile, profileId, ...how }, flow, signal);
  return { profile, tokens, admission: await admit({ profile, profileId, tokens }, deps, signal) };
}

interface Arrival {
  profile: Profile;
  tokens: Tokens;
  admission: Admission;
  /** Id of who was signed in before. */
  former: string | null;
}

/** Keeps what came. Where it cannot be kept nothing of it stays, nor of who was there before. */
async function settle(session: Session, generation: number, arrival: Arrival, context: SessionContext): Promise<void> {
  try {
    await keep(session, generation, arrival, context);
  } catch (error) {
    if (generation === session.generation) await session.wipe(toWireError(error));
    throw error;
  }
}

async function keep(
  session: Session,
  generation: number,
  { tokens, admission, former }: Arrival,
  { deps, setAlarm }: SessionContext,
): Promise<void> {
  const { profileId } = session;
  const { idToken, idTokenExpiresAt, refreshToken, subject, name } = tokens;
  const { applications } = admission;
  const record = {
    ...{ subject, name, idToken, idTokenExpiresAt, refreshToken, refreshUncertain: false, applications },
    obtainedAt: deps.now(),
  };
  if (admission.kind === "choose") {
    await session.keep(generation, { ...record, identity: null, role: null, credentials: null });
    // Somebody was signed in, where this is another account.
    setAlarm(session);
    if (former !== null) await deps.store.set(formerKey(profileId), former);
    const { refused, error } = admission;
    const roles = countRoles(applications);
    session.apply({ type: "role-needed", generation, person: name, roles, refused, error });
  } else {
    const { credentials, role, warning } = admission;
    const identity = { id: admission.identity, name };
    await session.keep(generation, { ...record, identity, role, credentials });
    session.apply({ type: "sign-in-succeeded", generation, identity, expiresAt: credentials.expiresAt, warning });
    setAlarm(session);
    await deps.store.remove(formerKey(profileId));
    if (applications !== null && role !== null) await deps.notes.set(rememberedKey(profileId), role);
  }
  await deps.notes.set(noteKey(profileId), "in");
}
