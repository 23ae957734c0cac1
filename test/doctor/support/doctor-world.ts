/** The doctor within the whole background in Node, over the local AWS. */
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import type { CheckRun, CheckStep } from "../../../src/messaging/checks-view.ts";
import type { Profile } from "../../../src/shared/profile.ts";
import { type BackgroundWorld, createBackgroundWorld } from "../../background/support/background-world.ts";

export interface DoctorTest {
  readonly world: BackgroundWorld;
  /** Another profile is shown from now on: the local AWS's, with changes. */
  useProfile(changes: Partial<Profile>): Promise<void>;
  /** Runs the doctor to its end. */
  run(): Promise<CheckRun>;
  latest(): Promise<CheckRun | null>;
}

/** @param browser what `globalThis.browser` reads from */
export function useDoctor(browser: { current: object }): DoctorTest {
  let world: BackgroundWorld;
  let usual: string;
  let changed = false;

  beforeAll(async () => {
    world = await createBackgroundWorld((fake) => {
      browser.current = fake;
    });
    usual = world.profile;
  }, 30_000);
  afterAll(() => world.close());
  beforeEach(() => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await world.control("DELETE", "/faults");
    await world.control("POST", "/clock", { offsetMs: 0 });
    await world.call("session.signOut", { profile: world.profile });
    // The provider is told in the background, and a sign-in at that moment would lose its cookies.
    for (let round = 0, quiet = 0; quiet < 2 && round < 50; round++) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      quiet = (await world.requests()).length === 0 ? quiet + 1 : 0;
    }
    if (!changed) return;
    // The same environment is replaced by an import, another one stands beside it.
    if (world.profile !== usual) await world.call("profiles.remove", { id: world.profile });
    await world.call("profiles.import", { text: JSON.stringify(world.aws.profile) });
    changed = false;
    world.profile = usual;
  });

  const latest = async () => (await world.view()).checks.doctor;
  return {
    get world() {
      return world;
    },
    async useProfile(changes) {
      const text = JSON.stringify({ ...world.aws.profile, name: "Changed", ...changes });
      changed = true;
      world.profile = (await world.call("profiles.import", { text })).id;
    },
    async run() {
      await world.call("checks.start", { profile: world.profile, kind: "doctor" });
      return await vi.waitFor(
        async () => {
          const now = await latest();
          if (now === null || now.endedAt === null) throw new Error("it runs");
          return now;
        },
        { timeout: 40_000, interval: 20 },
      );
    },
    latest,
  };
}

export const firstFailure = ({ steps }: CheckRun): CheckStep | undefined =>
  steps.find(({ state }) => state === "failed");

/** `id → state` of every step that is not green. */
export const notPassed = ({ steps }: CheckRun): Record<string, string> =>
  Object.fromEntries(steps.filter(({ state }) => state !== "passed").map(({ id, state }) => [id, state]));
