/** The background ends at every await, before the effect or just after it; the next life must finish the work. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alice, bytesOf, createWorld, quiet, startTransfers, type World, worldDeps } from "./world.ts";

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

function live(world: World, points: number) {
  const life = createLife(points);
  const deps = worldDeps(world);
  const { release } = deps.host;
  const host = { ...life.all(deps.host), release: (url: string) => life.survived() && release(url) };
  const storage = async (owner: Parameters<typeof deps.storage>[0]) => {
    const folder = await deps.storage(owner);
    // What is no await is no point to end at.
    return { ...life.all(folder), explain: folder.explain };
  };
  const mortal = { ...deps, host, storage, journal: life.all(deps.journal), downloads: life.all(deps.downloads) };
  return { transfers: startTransfers(world, mortal), survived: life.survived };
}

/** Lives of the given lengths, then one that is not cut short. True when no life was. */
async function liveOn(
  world: World,
  begin: (life: ReturnType<typeof live>) => void,
  lengths: number[],
): Promise<boolean> {
  let survived = true;
  for (const [index, length] of [...lengths, Number.POSITIVE_INFINITY].entries()) {
    const life = live(world, length);
    if (index === 0) begin(life);
    else void life.transfers.resume();
    await quiet(40);
    survived &&= life.survived();
  }
  return survived;
}

const content = bytesOf("the bytes of alice");

function expectWhole(world: World, path: string): void {
  const [record] = world.records.values();
  // A life that ended before the journal took the intent has promised nothing.
  if (record === undefined) return;
  expect(record).toMatchObject({ state: "done", error: null });
  expect(world.objects.get(`${alice.identity}/${path}`)?.bytes).toEqual(content);
  expect(world.blobs.size).toBe(0);
}

const faults = fc.array(
  fc.constantFrom(
    { kind: "cut-before" } as const,
    { kind: "cut-after" } as const,
    { kind: "host-lost" } as const,
    { kind: "answer", status: 503, code: "SlowDown" } as const,
    { kind: "answer", status: 500, code: "InternalError", carriedOut: true } as const,
    { kind: "answer", status: 400, code: "ExpiredToken" } as const,
  ),
  { maxLength: 3 },
);

describe("an upload", () => {
  it.each(["fail", "replace", "keep-both"] as const)("survives an end at every point: %s", async (ifExists) => {
    for (let length = 0, whole = false; !whole; length++) {
      expect(length).toBeLessThan(60);
      const world = createWorld();
      whole = await liveOn(
        world,
        ({ transfers }) => void transfers.upload({ file: new Blob([content]), path: "a", ifExists }),
        [length],
      );
      expectWhole(world, "a");
      // An answer that was lost never leads to a second version.
      expect(world.puts.length).toBeLessThanOrEqual(1);
    }
  });

  it("survives several ends and faults, and another's object stays as it is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(30), { maxLength: 4 }), faults, fc.boolean(), async (lengths, met, taken) => {
        const world = createWorld();
        const other = { bytes: bytesOf("another's"), crc32: null, metadata: { "holdall-transfer": "x" } };
        if (taken) world.objects.set(`${alice.identity}/a`, other);
        world.faults = [...met];
        const file = new Blob([content]);
        await liveOn(
          world,
          ({ transfers }) => void transfers.upload({ file, path: "a", ifExists: "keep-both" }),
          lengths,
        );
        expectWhole(world, taken ? "a (2)" : "a");
        if (taken) expect(world.objects.get(`${alice.identity}/a`)).toBe(other);
        expect(world.puts.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a download", () => {
  it("survives an end at every point", async () => {
    for (let length = 0, whole = false; !whole; length++) {
      expect(length).toBeLessThan(60);
      const world = createWorld();
      world.objects.set(`${alice.identity}/a`, { bytes: content, crc32: null, metadata: {} });
      whole = await liveOn(world, ({ transfers }) => void transfers.save({ path: "a" }), [length]);
      const [record] = world.records.values();
      if (record === undefined) continue;
      expect(record.state).toBe("done");
      expect(world.saved.at(-1)?.bytes).toEqual(content);
    }
  });
});
