import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HoldallError } from "../../../src/shared/holdall-error.ts";
import { runDownload } from "../../../src/transfers/download/download.ts";
import { transition } from "../../../src/transfers/machine.ts";
import type { GetFault } from "../support/fetch-host.ts";
import { killBrowser, startLife } from "../support/fetch-world.ts";
import { createWorld, download, expectSaved, faults, gets } from "../support/one-download.ts";

describe("saving", () => {
  it("that breaks off with the host is done again from the journal", async () => {
    const world = createWorld();
    const reasons = ["NETWORK_FAILED", null];
    world.interruption = () => reasons.shift() ?? null;
    await download(world);
    expectSaved(world);
    expect(gets(world)).toHaveLength(5);
  });

  it.each([
    ["FILE_NO_SPACE", "save-failed"],
    ["USER_CANCELED", "cancelled"],
  ])("that ends with %s is %s", async (reason, code) => {
    const world = createWorld();
    world.interruption = () => reason;
    await expect(download(world)).rejects.toMatchObject({ code });
    expect(world.saved).toHaveLength(1);
  });

  it("whose segments are lost fetches them again", async () => {
    const world = createWorld();
    const life = startLife(world);
    const { compose } = life.run.deps.host;
    let lost = 0;
    life.run.deps.host.compose = (...input) => {
      if (lost++ === 0) world.segments.delete(3);
      return compose(...input);
    };
    await runDownload(life.run);
    expectSaved(world);
    expect(gets(world)).toHaveLength(10);
  });

  it("that was cancelled in the moment of the handing over does not go on in the browser", async () => {
    const world = createWorld();
    const life = startLife(world);
    const { start } = life.run.deps.downloads;
    life.run.deps.downloads.start = async (...input) => {
      const id = await start(...input);
      world.record = transition(world.record, { type: "cancelled" });
      return id;
    };
    await expect(runDownload(life.run)).rejects.toThrow();
    expect(world.saved).toMatchObject([{ error: "USER_CANCELED" }]);
  });
});

describe("after a death at any step", () => {
  it("the file is byte-identical and saved once, and fetched segments are not fetched again", async () => {
    const death = fc.record({ steps: fc.integer({ min: 1, max: 45 }), carriedOut: fc.boolean() });
    const fault = fc.constantFrom<GetFault | null>(null, null, null, "network", "short", "stalled", {
      status: 500,
      code: "InternalError",
    });
    await fc.assert(
      fc.asyncProperty(fc.array(death, { maxLength: 4 }), fc.array(fault, { maxLength: 12 }), async (deaths, met) => {
        const world = createWorld();
        world.fault = faults(...met);
        for (const one of [...deaths, undefined]) {
          world.record = transition(world.record, { type: "recovered" });
          if (world.record.state === "done") break;
          const { run, died } = startLife(world, one);
          await Promise.race([runDownload(run), died]).catch((error: Error) => {
            if (one === undefined) throw error;
          });
        }
        expectSaved(world);
        // What the dead background had handed to the browser is found there.
        expect(world.saved).toHaveLength(1);
        // Four may have been under way at each death.
        expect(gets(world).length).toBeLessThanOrEqual(5 + met.length + 4 * deaths.length);
      }),
      { numRuns: 300 },
    );
  });

  it("of the whole browser it is saved once more only when the browser had not finished", async () => {
    const steps = fc.integer({ min: 1, max: 60 });
    await fc.assert(
      fc.asyncProperty(steps, fc.boolean(), async (count, carriedOut) => {
        const world = createWorld();
        const { run, died } = startLife(world, { steps: count, carriedOut });
        await Promise.race([runDownload(run), died]).catch(() => undefined);
        killBrowser(world);
        world.record = transition(world.record, { type: "recovered" });
        if (world.record.state !== "done") await download(world);
        expectSaved(world);
      }),
      { numRuns: 100 },
    );
  });

  it("and of the session it waits, and goes on without a request for what is there", async () => {
    const world = createWorld();
    await expect(
      (async () => {
        const life = startLife(world);
        world.fault = () => {
          world.signedIn = null;
          return null;
        };
        await runDownload(life.run);
      })(),
    ).rejects.toBeInstanceOf(HoldallError);
    world.fault = () => null;
    world.signedIn = "alice";
    world.record = { ...world.record, state: "queued" };
    await download(world);
    expectSaved(world);
    expect(gets(world)).toHaveLength(5);
  });
});
