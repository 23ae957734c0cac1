/** A few runs of `npm run faults`, with seeds in which the browser is killed in mid-upload. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { oneRun } from "../faults/one-run.ts";
import { makePlan } from "../faults/plan.ts";
import { Stage } from "../faults/stage.ts";
import { BROWSER_NAMES } from "../support/launch-extension.ts";

const seeds = { chromium: [41, 91], firefox: [21] };

const nothingBad = {
  ...{ lost: [], corrupt: [], falselyDone: [], orphans: [], doubled: [], resentParts: [] },
  unknowable: expect.any(Number),
};

describe.each(BROWSER_NAMES)("while everything ends in %s", (name) => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open(name);
  });
  afterAll(async () => expect(await stage?.close()).toEqual([]));

  test.each(seeds[name])(
    "seed %i: nothing is lost, changed, left behind or told wrongly",
    { timeout: 150_000 },
    async (seed) => {
      const { run, verdict } = await oneRun(makePlan(seed, name), stage);
      expect(run.kills.browser).toBeGreaterThan(0);
      expect(verdict, run.notes.join("\n")).toEqual(nothingBad);
    },
  );
});
