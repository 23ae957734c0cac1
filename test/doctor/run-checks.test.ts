/** The runner alone, with steps that are made for it. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type RunInput, runChecks } from "../../src/doctor/run-checks.ts";
import type { Step } from "../../src/doctor/step.ts";
import type { CheckRun } from "../../src/messaging/checks-view.ts";
import { HoldallError } from "../../src/shared/holdall-error.ts";

interface World {
  log: string[];
}

const never = new AbortController().signal;

function run(steps: Step<World>[], more: Partial<RunInput<World>> = {}): Promise<CheckRun> & { seen: CheckRun[] } {
  const seen: CheckRun[] = [];
  const world: World = { log: [] };
  const running = runChecks<World>({
    ...{ kind: "doctor", profile: "p", world, now: () => performance.now(), signal: never, forgotten: never },
    changed: (one) => seen.push(one),
    plan: { steps, cleanUp: async () => void world.log.push("cleaned") },
    ...more,
  });
  return Object.assign(running, { seen });
}

const passes = (id: string, more: Partial<Step<World>> = {}): Step<World> => ({ id, run: async () => ({}), ...more });
const fails = (id: string, more: Partial<Step<World>> = {}): Step<World> =>
  passes(id, { run: () => Promise.reject(new HoldallError("offline")), ...more });
const sleeps = (id: string, ms: number, more: Partial<Step<World>> = {}): Step<World> =>
  passes(id, { run: () => new Promise((resolve) => setTimeout(() => resolve({}), ms)), ...more });
const stateOf = (done: CheckRun, id: string) => done.steps.find((step) => step.id === id)?.state;

describe("steps", () => {
  test("that need a failed one are skipped, with the first that failed as the reason", async () => {
    const done = await run([fails("a"), passes("b", { needs: ["a"] }), passes("c", { needs: ["b"] }), passes("d")]);
    expect(done.steps.map(({ state, facts }) => [state, facts.because])).toEqual([
      ["failed", undefined],
      ["skipped", "a"],
      ["skipped", "a"],
      ["passed", undefined],
    ]);
    expect(done.steps[0]?.error).toMatchObject({ code: "offline" });
  });

  test("that come after a failed one are tried all the same", async () => {
    expect(stateOf(await run([fails("a"), passes("b", { after: ["a"] })]), "b")).toBe("passed");
  });

  test("whose time is up fail, and what needs them is skipped", async () => {
    const done = await run([sleeps("slow", 5000, { timeout: 30 }), passes("b", { needs: ["slow"] })]);
    expect(done.steps[0]).toMatchObject({ state: "failed", error: { code: "timeout" } });
    expect(stateOf(done, "b")).toBe("skipped");
  });

  test("that throw what is no HoldallError fail with their words", async () => {
    const done = await run([passes("a", { run: () => Promise.reject(new TypeError("what?")) })]);
    expect(done.steps[0]).toMatchObject({ state: "failed", error: { code: "internal" } });
  });

  test("of any plan run after what they wait for, and no step is left open", async () => {
    const plans = fc.array(fc.record({ fails: fc.boolean(), needs: fc.array(fc.nat(9)), after: fc.array(fc.nat(9)) }), {
      minLength: 1,
      maxLength: 10,
    });
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const over = new Set<number>();
        const earlier = (ids: number[], index: number) => ids.filter((id) => id < index);
        const steps = plan.map((one, index): Step<World> => {
          const before = [...earlier(one.needs, index), ...earlier(one.after, index)];
          return {
            id: String(index),
            needs: earlier(one.needs, index).map(String),
            after: earlier(one.after, index).map(String),
            run: async () => {
              const skipped = before.filter((id) => !over.has(id) && states[id] !== "skipped");
              await Promise.resolve();
              over.add(index);
              if (skipped.length > 0) throw new Error(`began before ${skipped}`);
              return { state: one.fails ? "failed" : "passed" };
            },
          };
        });
        // What each should end as, by the rule alone.
        const states: string[] = [];
        for (const [index, one] of plan.entries()) {
          const missing = earlier(one.needs, index).some((id) => states[id] !== "passed");
          states.push(missing ? "skipped" : one.fails ? "failed" : "passed");
        }
        const done = await run(steps);
        expect(done.steps.map(({ state }) => state)).toEqual(states);
        expect(done.steps.filter(({ error }) => error !== null)).toEqual([]);
      }),
    );
  });

  test("a plan that waits for what comes later is a fault of ours", async () => {
    await expect(run([passes("a", { needs: ["b"] }), passes("b")])).rejects.toThrow(TypeError);
  });
});

describe("a run that is cancelled", () => {
  test("begins nothing more, ends what reads at once, lets what writes end, and cleans up", async () => {
    const cancel = new AbortController();
    const world: World = { log: [] };
    const steps = [
      sleeps("read", 5000),
      passes("write", {
        writes: true,
        run: async () => {
          await new Promise((resolve) => setTimeout(resolve, 60));
          world.log.push("written");
          return {};
        },
      }),
      passes("later", { after: ["read"] }),
    ];
    setTimeout(() => cancel.abort(), 20);
    const done = await run(steps, {
      signal: cancel.signal,
      world,
      plan: { steps, cleanUp: async () => void world.log.push("cleaned") },
    });
    expect(done).toMatchObject({ cancelled: true });
    expect(done.steps.map(({ state }) => state)).toEqual(["skipped", "passed", "skipped"]);
    expect(world.log).toEqual(["written", "cleaned"]);
  });

  test("forgotten: at once, and nothing is cleaned up with what belongs to nobody any more", async () => {
    const forget = new AbortController();
    const world: World = { log: [] };
    const steps = [sleeps("write", 5000, { writes: true })];
    setTimeout(() => forget.abort(), 20);
    const begun = performance.now();
    await run(steps, {
      forgotten: forget.signal,
      world,
      plan: { steps, cleanUp: async () => void world.log.push("cleaned") },
    });
    expect(performance.now() - begun).toBeLessThan(1000);
    expect(world.log).toEqual([]);
  });
});

test("every change is shown, from all waiting to the end", async () => {
  const running = run([passes("a"), passes("b", { needs: ["a"] })]);
  await running;
  const words = running.seen.map(({ steps, endedAt }) => [...steps.map(({ state }) => state), endedAt !== null].join());
  expect(words[0]).toBe("waiting,waiting,false");
  expect(words.at(-1)).toBe("passed,passed,true");
  expect(words).toContain("passed,running,false");
});

test("what cleaning up fails at ends the run all the same", async () => {
  const steps = [passes("a")];
  const done = await run(steps, { plan: { steps, cleanUp: () => Promise.reject(new Error("no")) } });
  expect(done.endedAt).not.toBeNull();
});
