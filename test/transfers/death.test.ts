/** The background ends at every await, before the effect or just after it; the next life must finish the work. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HostLink } from "../../src/transfers/host/host-link.ts";
import type { TransferDeps } from "../../src/transfers/transfers.ts";
import {
  allRuns,
  controlDeps,
  createWorld,
  file,
  quiet,
  recordsOf,
  simpleRun,
  startTransfers,
  type World,
} from "./support/control-world.ts";

type Call = (...input: never[]) => Promise<unknown>;

/** Ends one life at its n-th point: from then on nothing of it happens, and nothing is answered. */
function createLife(points: number) {
  let left = points;
  const alive = () => {
    left -= 1;
    return left >= 0;
  };
  const never = new Promise<never>(() => undefined);
  const mortal =
    <F extends Call>(work: F) =>
    async (...input: Parameters<F>) => {
      if (!alive()) return await never;
      const result = await work(...input);
      return alive() ? result : await never;
    };
  const all = <T extends object>(calls: T): T =>
    Object.fromEntries(
      Object.entries(calls).map(([name, work]) => [name, typeof work === "function" ? mortal(work as Call) : work]),
    ) as T;
  return { all, survived: () => left >= 0 };
}

/** What was sent, by id and in order: a second time is a second version. */
type Sent = string[];

function live(world: World, sent: Sent, points: number) {
  const life = createLife(points);
  const deps: TransferDeps = controlDeps(world);
  const { release } = deps.host;
  const host: HostLink = { ...life.all(deps.host), release };
  const runs = allRuns(
    simpleRun(async (run) => {
      const { id, segmentSize } = run.record();
      const range = { start: 0, end: run.record().size };
      // The bytes are where the record says, whole.
      const bytes = { transferId: id, segmentSize, live: false };
      const { size } = await host.digest({ bytes, range, sha256: false }, { signal: run.signal });
      if (life.survived() && size === range.end) sent.push(id);
    }),
  );
  const transfers = startTransfers(world, { ...deps, host, journal: life.all(deps.journal) }, runs);
  return { transfers, survived: life.survived };
}

async function liveOn(
  world: World,
  sent: Sent,
  lengths: number[],
  between: () => void,
): Promise<{ taken: string[]; whole: boolean }> {
  let whole = true;
  let taken: string[] = [];
  for (const [index, length] of [...lengths, Number.POSITIVE_INFINITY].entries()) {
    const { transfers, survived } = live(world, sent, length);
    if (index === 0) {
      const inputs = ["a", "b"].map((path) => ({ file: file(`bytes of ${path}`), path, ifExists: "fail" as const }));
      void transfers.uploadAll(inputs).then(({ ids }) => {
        taken = ids;
      });
    } else void transfers.resume();
    await quiet(40);
    // What waits for its file gets it, from the person.
    for (const { id, error, path } of recordsOf(world)) {
      if (length === Number.POSITIVE_INFINITY && error?.code === "file-needed") {
        await transfers.provide(id, file(`bytes of ${path}`));
        await quiet(40);
      }
    }
    whole &&= survived();
    between();
  }
  return { taken, whole };
}

function expectWhole(world: World, sent: Sent, taken: string[]): void {
  const records = recordsOf(world);
  // What was promised is there; what was not is there as a whole or not at all.
  expect(records.map(({ id }) => id)).toEqual(expect.arrayContaining(taken));
  expect([0, 2]).toContain(records.length);
  for (const { state, error, id } of records) {
    expect({ state, error }).toEqual({ state: "done", error: null });
    expect(sent).toContain(id);
  }
  expect([world.disk.segments.size, world.held.size]).toEqual([0, 0]);
}

describe("uploads", () => {
  it.each([
    ["kept by a host of its own", () => {}],
    ["gone with the background", (world: World) => world.held.clear()],
  ])("survive an end at every point, their sources %s", async (_name, between) => {
    for (let length = 0, over = false; !over; length++) {
      expect(length).toBeLessThan(120);
      const world = createWorld();
      const sent: Sent = [];
      const { taken, whole } = await liveOn(world, sent, [length], () => between(world));
      expectWhole(world, sent, taken);
      over = whole;
    }
  });

  it("survive several ends", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(40), { maxLength: 5 }), fc.boolean(), async (lengths, keeps) => {
        const world = createWorld();
        const sent: Sent = [];
        const { taken } = await liveOn(world, sent, lengths, () => keeps || world.held.clear());
        expectWhole(world, sent, taken);
      }),
      { numRuns: 60 },
    );
  });
});
