import type { SessionView } from "../messaging/view.ts";
import type { Identity } from "../shared/credentials.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import { log } from "../shared/log.ts";
import type { WireError } from "../shared/result.ts";
import { pendingKey } from "./authorize.ts";
import { countRoles, roleInUse } from "./roles.ts";
import { isSessionRecord, recordKey, type SessionRecord } from "./session-record.ts";
import { initialSession, nextSession, type SessionEvent, type SessionState, viewOf } from "./session-state.ts";
import type { SessionDeps } from "./sessions.ts";

/** In `storage.session`: id of who was signed in before a lock, or before the role that is being chosen. */
export const formerKey = (profileId: string) => `former/${profileId}`;

type SessionKeeping = Pick<SessionDeps, "store" | "notes" | "alarm">;

/** What the last thing was that somebody did: `in`, `out` or `locked`; absent before the first. */
export const noteKey = (profileId: string) => `last/${profileId}`;

/**
 * One profile's session in memory: its state, its secrets, and what is under way for it. Restored from `storage.session`
 * when the background was ended in between.
 */
export class Session {
  state: SessionState = initialSession;
  record: SessionRecord | null = null;
  /** Ends the requests of the present generation. */
  abort = new AbortController();
  signingIn: Promise<void> | null = null;
  renewal: Promise<SessionRecord> | null = null;
  /** The provider is being told of a sign-out. Never rejects. */
  ending: Promise<void> | null = null;
  /** No renewal before, unless credentials are needed now: after a failure, milliseconds since the epoch. */
  quietUntil = 0;
  /** A sign-in whose window outlived the background that opened it. */
  interrupted = false;
  private writes: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly profileId: string,
    private readonly deps: SessionKeeping,
    private readonly changed: (session: Session) => void,
  ) {}

  /** The session as `storage.session` has it. A sign-in that an ended background left behind is cleared away. */
  static async restore(profileId: string, deps: SessionKeeping, changed: (session: Session) => void): Promise<Session> {
    const session = new Session(profileId, deps, changed);
    const { store } = deps;
    const [stored, pending] = await Promise.all([store.get(recordKey(profileId)), store.get(pendingKey(profileId))]);
    if (pending !== undefined) {
      await store.remove(pendingKey(profileId));
      const askWho = typeof pending === "object" && pending !== null && "askWho" in pending ? pending.askWho : true;
      // Where the provider was to ask who it is, nobody may be signed in without being asked.
      session.interrupted = askWho === false;
    }
    if (isSessionRecord(stored)) {
      session.record = stored;
      session.state = stateOf(stored);
    } else {
      const locked = (await deps.notes.get(noteKey(profileId))) === "locked";
      const error = pending === undefined ? null : ({ code: "sign-in-interrupted", facts: {} } as const);
      session.state = { name: "signed-out", generation: 0, error, locked };
    }
    return session;
  }

  get generation(): number {
    return this.state.generation;
  }

  get identity(): Identity | null {
    return this.record?.identity ?? null;
  }

  /** What pages see of it. */
  get view(): SessionView {
    return viewOf(this.state, roleInUse(this.record));
  }

  apply(event: SessionEvent): void {
    const before = this.state;
    this.state = nextSession(before, event);
    if (this.state === before) return;
    if (this.state.generation !== before.generation) {
      this.abort.abort();
      this.abort = new AbortController();
    }
    this.changed(this);
  }

  /** @throws HoldallError `signed-out` when `generation` is over: its answer belongs to nobody any more. */
  check(generation: number): void {
    if (generation !== this.generation) throw new HoldallError("signed-out");
  }

  /** Keeps the record for `generation`. Writes wait for each other, so that none comes after the wipe. */
  async keep(generation: number, record: SessionRecord): Promise<void> {
    this.check(generation);
    this.record = record;
    await this.inTurn(async () => {
      if (this.record === record) await this.deps.store.set(recordKey(this.profileId), record);
    });
    this.check(generation);
  }

  /** Forgets all secrets and ends what is under way. Memory first, so that nobody gets them any more. */
  async wipe(error: WireError | null, locked = false): Promise<void> {
    this.record = null;
    this.renewal = null;
    this.signingIn = null;
    this.interrupted = false;
    this.deps.alarm(this.profileId, null);
    this.apply({ type: "signed-out", error, locked });
    await this.inTurn(() => this.deps.store.remove([recordKey(this.profileId), pendingKey(this.profileId)]));
  }

  private async inTurn(task: () => Promise<void>): Promise<void> {
    const turn = this.writes.then(task);
    this.writes = turn.catch((error) => log.warn("the session could not be kept", error));
    await turn;
  }
}

function stateOf({ identity, credentials, obtainedAt, name, applications }: SessionRecord): SessionState {
  if (identity === null) {
    const roles = countRoles(applications);
    return { name: "choosing-role", generation: 0, person: name, roles, refused: null, error: null };
  }
  return credentials === null
    ? {
        name: "needs-sign-in",
        generation: 0,
        identity,
        expiresAt: obtainedAt,
        error: { code: "session-ended", facts: {} },
      }
    : { name: "signed-in", generation: 0, identity, expiresAt: credentials.expiresAt, error: null };
}
