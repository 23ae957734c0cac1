/** The isolation proof within the whole background in Node, over the local AWS. */
import { vi } from "vitest";
import { localSettings, poolSettings } from "../../../local/config.ts";
import type { CheckRun } from "../../../src/messaging/checks-view.ts";
import type { PolicyDocument } from "../../../src/setup/policy-document.ts";
import type { SetupSettings } from "../../../src/setup/settings.ts";
import type { Profile } from "../../../src/shared/profile.ts";
import { type BackgroundWorld, createBackgroundWorld } from "../../background/support/background-world.ts";

export interface ProofTest {
  world: BackgroundWorld;
  settings: SetupSettings;
  /** Runs the proof to its end. */
  run(): Promise<CheckRun>;
  /** Puts a policy in place of setup's; it counts from the next request on. */
  setPolicy(policy: PolicyDocument): Promise<void>;
}

/**
 * @param browser what `globalThis.browser` reads from
 * @param change what the profile has in place of the local AWS's own
 */
export async function startProof(
  browser: { current: object },
  way: "webIdentity" | "identityPool",
  change: (profile: Profile) => Profile = (profile) => profile,
): Promise<ProofTest> {
  const pool = way === "identityPool";
  const world = await createBackgroundWorld(
    (fake) => {
      browser.current = fake;
    },
    ({ profiles }) => [change(profiles[pool ? 1 : 0])],
  );
  const settings = (pool ? poolSettings : localSettings)(world.aws.issuer);
  return {
    world,
    settings,
    async run() {
      await world.call("checks.start", { profile: world.profile, kind: "proof" });
      return await vi.waitFor(
        async () => {
          const { proof } = (await world.view()).checks;
          if (proof === null || proof.endedAt === null) throw new Error("it runs");
          return proof;
        },
        { timeout: 40_000, interval: 20 },
      );
    },
    async setPolicy(policy) {
      await world.control("PUT", "/iam/permission-policy", { role: settings.options.roleName, policy });
    },
  };
}

/** Ids of the steps in a state. */
export const idsOf = ({ steps }: CheckRun, state: string): string[] =>
  steps.filter((step) => step.state === state).map(({ id }) => id);
