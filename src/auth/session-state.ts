/**
 * The states of one profile's session, as a pure function.
 *
 *                                                 role-needed      ┌───────────────┐
 *                                                ┌───────────────▶ │ choosing-role │ ─┐ role-needed: refused,
 *                                                │                 └───────────────┘ ◀┘ another one
 *                                                │                        │ sign-in-succeeded
 *                  sign-in-started                 sign-in-succeeded
 *   ┌────────────┐ ───────────────▶ ┌────────────┐ ───────────────▶ ┌───────────┐ renewal-started  ┌──────────┐
 *   │ signed-out │                  │ signing-in │                  │ signed-in │ ───────────────▶ │ renewing │
 *   └────────────┘ ◀─────────────── └────────────┘                  └───────────┘ ◀─────────────── └──────────┘
 *        ▲   ▲     sign-in-failed     ▲   │ sign-in-failed                       renewal-succeeded   │ renewal-ended
 *        │   │     (nobody before)    │   ▼ (somebody before)                    renewal-failed      │
 *        │   │                      ┌───────────────┐ ◀──────────────────────────────────────────────┘
 *        │   └───── signed-out ──── │ needs-sign-in │
 *        │                          └───────────────┘
 *        └── signed-out, from every state ──
 *
 * `signed-out` may be locked; a sign-in that fails there leaves it so. While somebody is signed in, `sign-in-started` comes only
 * once somebody else has arrived. `role-changed` replaces the credentials of who is signed in. While a role is chosen nobody is
 * signed in: AWS has not yet said who it is. Every sign-in and every sign-out begins a new generation. An event of an older one
 * is the echo of something that was under way for somebody else: it changes nothing.
 */
import type { SessionView } from "../messaging/view.ts";
import type { Identity } from "../shared/credentials.ts";
import type { Role } from "../shared/profile.ts";
import type { WireError } from "../shared/result.ts";

interface Somebody {
  identity: Identity;
  /** End of the role credentials by this machine's clock, milliseconds since the epoch. */
  expiresAt: number;
}

export type SessionState = { generation: number } & (
  | { name: "signed-out"; error: WireError | null; locked: boolean }
  | { name: "choosing-role"; person: string; roles: number; refused: Role | null; error: WireError | null }
  | {
      name: "signing-in";
      /** Who it is when this fails. */
      before: Somebody | null;
      /** It is an attempt to unlock: when it fails, all is locked as before. */
      locked: boolean;
    }
  | ({ name: "signed-in" | "renewing" | "needs-sign-in"; error: WireError | null } & Somebody)
);

export type SessionEvent =
  | { type: "sign-in-started" }
  | ({ type: "sign-in-succeeded"; generation: number; warning: WireError | null } & Somebody)
  | ({ type: "renewal-succeeded" | "role-changed"; generation: number } & Somebody)
  | {
      type: "role-needed";
      generation: number;
      person: string;
      roles: number;
      refused: Role | null;
      error: WireError | null;
    }
  | { type: "sign-in-failed"; generation: number; error: WireError | null }
  | { type: "renewal-failed" | "renewal-ended"; generation: number; error: WireError }
  | { type: "renewal-started"; generation: number }
  | { type: "signed-out"; error: WireError | null; locked?: boolean };

export const initialSession: SessionState = { name: "signed-out", generation: 0, error: null, locked: false };

export function nextSession(state: SessionState, event: SessionEvent): SessionState {
  if (event.type === "signed-out") {
    const { error, locked = false } = event;
    return { name: "signed-out", generation: state.generation + 1, error, locked };
  }
  if (event.type === "sign-in-started") {
    if (state.name === "signing-in") return state;
    const before = "identity" in state ? { identity: state.identity, expiresAt: state.expiresAt } : null;
    const locked = state.name === "signed-out" && state.locked;
    return { name: "signing-in", generation: state.generation + 1, before, locked };
  }
  const { generation } = event;
  if (generation !== state.generation) return state;
  switch (event.type) {
    case "sign-in-succeeded":
      if (state.name !== "signing-in" && state.name !== "choosing-role") return state;
      return {
        name: "signed-in",
        generation,
        identity: event.identity,
        expiresAt: event.expiresAt,
        error: event.warning,
      };
    case "role-needed": {
      if (state.name !== "signing-in" && state.name !== "choosing-role") return state;
      const { person, roles, refused, error } = event;
      return { name: "choosing-role", generation, person, roles, refused, error };
    }
    case "role-changed":
      if (!("identity" in state) || event.identity.id !== state.identity.id) return state;
      return { ...state, name: "signed-in", expiresAt: event.expiresAt, error: null };
    case "sign-in-failed":
      if (state.name !== "signing-in") return state;
      return state.before === null
        ? { name: "signed-out", generation, error: event.error, locked: state.locked }
        : { name: "needs-sign-in", generation, ...state.before, error: event.error };
    case "renewal-started":
      return state.name === "signed-in" ? { ...state, name: "renewing" } : state;
    case "renewal-succeeded":
      if (state.name !== "renewing" || event.identity.id !== state.identity.id) return state;
      return { ...state, name: "signed-in", identity: event.identity, expiresAt: event.expiresAt, error: null };
    case "renewal-failed":
      return state.name === "renewing" ? { ...state, name: "signed-in", error: event.error } : state;
    case "renewal-ended":
      return state.name === "renewing" ? { ...state, name: "needs-sign-in", error: event.error } : state;
  }
}

/**
 * What pages see of a state.
 * @param role the one in use, where there is a choice
 */
export function viewOf(state: SessionState, role: (Role & { of: number }) | null = null): SessionView {
  switch (state.name) {
    case "signed-out":
      return { state: state.name, error: state.error, ...(state.locked && { locked: true }) };
    case "signing-in":
      return { state: state.name };
    case "choosing-role":
      return { state: state.name, name: state.person, roles: state.roles, refused: state.refused, error: state.error };
    default:
      return {
        ...{ state: state.name, identity: state.identity, expiresAt: state.expiresAt, error: state.error },
        ...(role !== null && { role }),
      };
  }
}
