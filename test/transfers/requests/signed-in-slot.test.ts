import { expect, it } from "vitest";
import { signedInSlot } from "../../../src/transfers/requests/signed-in-slot.ts";
import type { Run } from "../../../src/transfers/run.ts";
import { controlDeps, createWorld } from "../support/control-world.ts";
import { recordOf } from "../support/record-of.ts";

function runIn(world: ReturnType<typeof createWorld>, wait: () => void): Run {
  return {
    deps: controlDeps(world),
    record: () => recordOf("01"),
    apply: async () => undefined,
    signal: new AbortController().signal,
    moved: () => undefined,
    staged: async () => undefined,
    inSlot: (work) => {
      wait();
      return work();
    },
  };
}

it.each([
  [0, 1],
  [29_000, 1],
  // The machine slept while it waited for a slot.
  [8 * 3_600_000, 2],
])(
  "a request that waits %i ms for its slot is signed %i times, and the last one is sent",
  async (slept, signatures) => {
    const world = createWorld();
    let signed = 0;
    const run = runIn(world, () => (world.now += slept));
    const sign = async () => ({ method: "PUT", url: `https://s3.test/${++signed}`, headers: {} });
    expect(await signedInSlot(run, sign, async ({ url }) => url)).toBe(`https://s3.test/${signatures}`);
    expect(signed).toBe(signatures);
  },
);

it("a request of whom somebody else replaced while it waited is not sent", async () => {
  const world = createWorld();
  const run = runIn(world, () => (world.signedIn = "local|bob"));
  const sign = async () => ({ method: "PUT", url: "https://s3.test/", headers: {} });
  let sent = 0;
  const sending = signedInSlot(run, sign, async () => ++sent);
  await expect(sending).rejects.toMatchObject({ code: "signed-out" });
  expect(sent).toBe(0);
});
