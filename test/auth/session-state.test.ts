import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  initialSession,
  nextSession,
  type SessionEvent,
  type SessionState,
  viewOf,
} from "../../src/auth/session-state.ts";

const alice = { id: "alice", name: "Alice" };
const bob = { id: "bob", name: "Bob" };
const error = { code: "issuer-unreachable", facts: {} } as const;

/** An event and how many generations late it comes. */
const step = fc.record({
  late: fc.constantFrom(0, 0, 0, 1, 2),
  type: fc.constantFrom<SessionEvent["type"]>(
    "sign-in-started",
    "sign-in-succeeded",
    "sign-in-failed",
    "renewal-started",
    "renewal-succeeded",
    "renewal-failed",
    "renewal-ended",
    "role-needed",
    "role-changed",
    "signed-out",
  ),
  identity: fc.constantFrom(alice, bob),
});

function eventOf({ type, late, identity }: typeof step extends fc.Arbitrary<infer T> ? T : never, state: SessionState) {
  return { type, generation: state.generation - late, identity, expiresAt: 1, error } as SessionEvent;
}

describe("session states", () => {
  test("nobody is signed in but by a sign-in of the present generation, and nobody changes without one", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let state = initialSession;
        for (const one of steps) {
          const before = state;
          state = nextSession(state, eventOf(one, state));
          if (one.type === "signed-out") expect(state.name).toBe("signed-out");
          if (one.late > 0 && one.type !== "signed-out" && one.type !== "sign-in-started") expect(state).toBe(before);
          const who = "identity" in state ? state.identity.id : null;
          const was =
            "identity" in before
              ? before.identity.id
              : before.name === "signing-in"
                ? before.before?.identity.id
                : null;
          if (who !== null && who !== was) {
            expect(["signing-in", "choosing-role"]).toContain(before.name);
            expect(one.type === "sign-in-succeeded" && one.late === 0).toBe(true);
          }
          expect(state.generation).toBeGreaterThanOrEqual(before.generation);
        }
      }),
    );
  });

  test("after a sign-out nothing of before has any effect", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), fc.array(step, { maxLength: 20 }), (first, echoes) => {
        let state = initialSession;
        for (const one of first) state = nextSession(state, eventOf(one, state));
        const out = nextSession(state, { type: "signed-out", error: null });
        let after = out;
        for (const echo of echoes) {
          if (echo.type === "sign-in-started" || echo.type === "signed-out") continue;
          after = nextSession(after, { ...eventOf(echo, state) });
        }
        expect(after).toBe(out);
      }),
    );
  });

  test("a sign-in that fails gives back who was there before", () => {
    const ended: SessionState = { name: "needs-sign-in", generation: 3, identity: alice, expiresAt: 1, error: null };
    const signing = nextSession(ended, { type: "sign-in-started" });
    expect(viewOf(signing)).toEqual({ state: "signing-in" });
    expect(nextSession(signing, { type: "sign-in-failed", generation: 4, error })).toMatchObject({
      name: "needs-sign-in",
      identity: alice,
      error,
    });
  });
});
