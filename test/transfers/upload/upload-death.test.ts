/** The background ends at every await, before the effect or just after it, and S3 does its worst; the next life finishes the work. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HoldallError } from "../../../src/shared/holdall-error.ts";
import type { TransferDeps } from "../../../src/transfers/transfers.ts";
import type { Fault } from "../support/memory-s3.ts";
import {
  arrived,
  begin,
  content,
  copied,
  createUploadWorld,
  quiet,
  recordIn,
  settle,
  type UploadWorld,
  uploadDeps,
} from "../support/upload-world.ts";

type Call = (...input: never[]) => unknown;

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

function mortalDeps(world: UploadWorld, points: number): { deps: TransferDeps; survived(): boolean } {
  const life = createLife(points);
  const deps = uploadDeps(world);
  const storage = async (owner: Parameters<typeof deps.storage>[0]) => {
    const folder = await deps.storage(owner);
    // What is no await is no point to end at.
    return { ...life.all(folder), explain: folder.explain };
  };
  const host = { ...life.all(deps.host), release: () => undefined };
  return { deps: { ...deps, host, storage, journal: life.all(deps.journal) }, survived: life.survived };
}

/** Lives of the given lengths, one that is not cut short, and one that meets no fault either. True when no life was cut short. */
async function liveOn(world: UploadWorld, lengths: number[]): Promise<boolean> {
  let survived = true;
  for (const length of [...lengths, Number.POSITIVE_INFINITY]) {
    const life = mortalDeps(world, length);
    begin(world, life.deps);
    await settle(world, () => !life.survived());
    survived &&= life.survived();
  }
  world.s3.faults = [];
  world.s3.lookFaults = [];
  begin(world);
  await settle(world);
  // Once more: what is left over is swept, also when the life before ended after its last record did.
  begin(world);
  await quiet(60);
  return survived;
}

function expectWhole(world: UploadWorld, ids: string[]): void {
  for (const id of ids) {
    expect(recordIn(world, id)).toMatchObject({ state: "done", error: null, unsure: false });
    expect(arrived(world, recordIn(world, id))).toBe(true);
  }
  expect(world.lies).toEqual([]);
  // No byte and no part is left anywhere.
  expect([...world.disk.segments.keys(), ...world.disk.uploads.keys()]).toEqual([]);
  expect([...world.s3.uploads.keys()].filter((id) => !world.s3.orphans.has(id))).toEqual([]);
}

const faults: fc.Arbitrary<Fault> = fc.constantFrom<Fault>(
  "cut-before",
  "cut-after",
  "stalled",
  "host-lost",
  "broken-200",
  "portal",
  "spoiled",
  "gone",
  { status: 503, code: "SlowDown" },
  { status: 500, code: "InternalError", carriedOut: true },
  { status: 500, code: "InternalError" },
  { status: 400, code: "ExpiredToken" },
  { status: 400, code: "RequestTimeout" },
  { status: 409, code: "ConditionalRequestConflict" },
);
// Together fewer than the tries that a transfer has.
const looks = fc.array(fc.constantFrom<HoldallError["code"]>("unreachable", "service-unavailable"), { maxLength: 1 });
const sizes = fc.constantFrom(0, 1, 9, 10, 11, 20, 21, 45, 100);

describe("an upload in parts", () => {
  it.each(["fail", "replace", "keep-both"] as const)("survives an end at every point: %s", async (ifExists) => {
    for (let length = 0, whole = false; !whole; length++) {
      expect(length).toBeLessThan(250);
      const world = createUploadWorld();
      copied(world, "a", content(45), { ifExists });
      whole = await liveOn(world, [length]);
      expectWhole(world, ["a"]);
      expect(world.s3.made).toEqual(["alice/a"]);
      // Parts that were under way, and those of an upload whose id was lost.
      expect(world.s3.received).toBeLessThanOrEqual(45 + 4 * 10);
    }
  });

  it("survives any ends and faults, and another's object stays as it is", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(120), { maxLength: 4 }),
        fc.array(faults, { maxLength: 4 }),
        looks,
        sizes,
        fc.record({ taken: fc.boolean(), checksums: fc.boolean(), echoes: fc.boolean(), sendOnce: fc.boolean() }),
        async (lengths, met, looked, size, { taken, checksums, echoes, sendOnce }) => {
          const world = createUploadWorld();
          Object.assign(world.s3, { checksums, echoes, faults: [...met], lookFaults: [...looked] });
          world.sendOnce = sendOnce;
          const other = { bytes: content(3, 9), etag: '"x"', crc32: null, metadata: { "holdall-transfer": "x" } };
          if (taken) world.s3.objects.set("alice/a", other);
          copied(world, "a", content(size), { ifExists: "keep-both" });
          await liveOn(world, lengths);
          expectWhole(world, ["a"]);
          if (taken) expect(world.s3.objects.get("alice/a")).toBe(other);
          expect(world.s3.made).toEqual([`alice/${recordIn(world, "a").path}`]);
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);
});
