import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32 } from "../../../src/shared/crc32.ts";
import { runArchive } from "../../../src/transfers/download/archive.ts";
import { transition } from "../../../src/transfers/machine.ts";
import type { ArchiveEntry } from "../../../src/transfers/record.ts";
import type { GetFault } from "../support/fetch-host.ts";
import {
  completed,
  createFetchWorld,
  type FetchedObject,
  type FetchWorld,
  killBrowser,
  objectOf,
  randomBytes,
  recordOf,
  segmentSize,
  startLife,
} from "../support/fetch-world.ts";
import { readZip } from "./zip/read-zip.ts";

/** Objects by path inside the zip; the folder is `p/`. */
function createWorld(objects: Record<string, FetchedObject>): FetchWorld {
  const entries: ArchiveEntry[] = [];
  let segment = 0;
  for (const [name, { bytes, etag }] of Object.entries(objects)) {
    entries.push({ path: `p/${name}`, name, size: bytes.length, etag, modifiedAt: 1.7e12, segment });
    segment += Math.ceil(bytes.length / segmentSize);
  }
  const size = entries.reduce((sum, entry) => sum + entry.size, 0);
  const about = { kind: "archive", path: "p/", name: "p.zip", size, files: entries.length } as const;
  const world = createFetchWorld(recordOf(about), entries);
  for (const [name, object] of Object.entries(objects)) world.objects.set(`p/${name}`, object);
  return world;
}

const sizes = { "a.bin": 1000, "b/large.bin": 3500, "empty.txt": 0, "é.bin": 1, "folder/": 0, "last.bin": 1001 };
const mixed = () =>
  createWorld(
    Object.fromEntries(Object.entries(sizes).map(([name, size], n) => [name, objectOf(randomBytes(size, n + 1))])),
  );

const save = (world: FetchWorld) => runArchive(startLife(world).run);
const gets = (world: FetchWorld) => world.requests.filter((request) => request.startsWith("GET"));
const heads = (world: FetchWorld) => world.requests.filter((request) => request.startsWith("HEAD"));

/** Members and checksums of the one zip that was saved. */
function savedMembers(world: FetchWorld): [string, number, number][] {
  expect(completed(world)).toHaveLength(1);
  expect(world.record.state).toBe("done");
  const zip = completed(world)[0]?.bytes ?? new Uint8Array();
  const read = readZip({ size: zip.length, read: (start, length) => zip.subarray(start, start + length) });
  return read.map(({ name, start, size, crc32: sum }) => {
    expect(crc32(zip.subarray(start, start + size))).toBe(sum);
    return [name, size, sum];
  });
}

function expectSaved(world: FetchWorld): void {
  const wanted = world.entries.map(({ path, name }) => {
    const bytes = world.objects.get(path)?.decoded ?? world.objects.get(path)?.bytes ?? new Uint8Array();
    return [name, bytes.length, crc32(bytes)];
  });
  expect(savedMembers(world)).toEqual(wanted);
}

describe("an archive", () => {
  it("holds every object as it is, small ones in one request each, large ones in ranges of one version", async () => {
    const world = mixed();
    await save(world);
    expectSaved(world);
    expect(completed(world)[0]?.filename).toBe("p.zip");
    expect(gets(world).toSorted()).toEqual([
      "GET p/a.bin",
      "GET p/b/large.bin 0-999",
      "GET p/b/large.bin 1000-1999",
      "GET p/b/large.bin 2000-2999",
      "GET p/b/large.bin 3000-3499",
      "GET p/last.bin 0-999",
      "GET p/last.bin 1000-1000",
      "GET p/é.bin",
    ]);
    expect(heads(world).toSorted()).toEqual(["HEAD p/b/large.bin", "HEAD p/last.bin"]);
    expect([...world.moved.values()].reduce((sum, moved) => sum + moved, 0)).toBe(world.record.size);
    expect(world.record.staged).toBe(world.record.size);
  });

  it("of 10,000 small objects is 10,000 requests and one zip", async () => {
    const objects = Array.from({ length: 10_000 }, (_, n) => [`${n % 100}/${n}.txt`, objectOf(randomBytes(20, n))]);
    const world = createWorld(Object.fromEntries(objects));
    await save(world);
    expect(savedMembers(world)).toHaveLength(10_000);
    expect(world.requests).toHaveLength(10_000);
    expect(world.peak).toBeLessThanOrEqual(8);
  });

  it.each(["changed", "gone"])("of which an object is %s ends, and says which", async (what) => {
    for (const name of ["a.bin", "b/large.bin"]) {
      const world = mixed();
      if (what === "changed") world.objects.set(`p/${name}`, objectOf(randomBytes(10, 99)));
      else world.objects.delete(`p/${name}`);
      const code = what === "changed" ? "file-changed" : "file-missing";
      await expect(save(world)).rejects.toMatchObject({ code, facts: { subs: [`p/${name}`] } });
      expect(world.saved).toEqual([]);
    }
  });

  it("whose large object does not have its checksum fetches that one again, and no other", async () => {
    const world = mixed();
    world.fault = ({ range }) => (range === "bytes=1000-1999" ? "spoiled" : null);
    await expect(save(world)).rejects.toMatchObject({ code: "checksum-mismatch", facts: { subs: ["p/b/large.bin"] } });
    expect(world.saved).toEqual([]);
    world.fault = () => null;
    world.record = { ...world.record, state: "queued" };
    const before = gets(world).length;
    await save(world);
    expectSaved(world);
    expect(
      gets(world)
        .slice(before)
        .every((request) => request.startsWith("GET p/b/large.bin")),
    ).toBe(true);
  });

  it("whose small object comes spoiled asks again at once", async () => {
    const world = mixed();
    let met = 0;
    world.fault = ({ path }) => (path === "p/a.bin" && met++ === 0 ? "spoiled" : null);
    await save(world);
    expectSaved(world);
  });

  it("takes what the browser decodes, in one go", async () => {
    const decoded = randomBytes(4000, 5);
    const encoding = { contentEncoding: "gzip", decoded };
    const world = createWorld({
      "small.html": objectOf(randomBytes(300, 1), encoding),
      "large.html": objectOf(randomBytes(2500, 2), encoding),
      "plain.txt": objectOf(randomBytes(300, 3)),
    });
    await save(world);
    expectSaved(world);
    expect(gets(world)).toHaveLength(3);
  });

  it("without room says so before it fetches", async () => {
    const world = mixed();
    // All of it twice: in the journal, and in the zip.
    world.room = 2 * world.record.size - 1;
    await expect(save(world)).rejects.toMatchObject({ code: "journal-full" });
    expect(world.requests).toEqual([]);
  });

  it("whose list is lost does not pass for an empty one", async () => {
    const world = mixed();
    world.entries = [];
    await expect(save(world)).rejects.toMatchObject({ code: "journal-damaged" });
    expect(world.saved).toEqual([]);
  });

  it("whose segments are lost fetches them again", async () => {
    const world = mixed();
    const life = startLife(world);
    const { compose } = life.run.deps.host;
    let lost = 0;
    life.run.deps.host.compose = (...input) => {
      if (lost++ === 0) {
        world.segments.delete(2);
        world.parts.delete(2);
      }
      return compose(...input);
    };
    await runArchive(life.run);
    expectSaved(world);
  });
});

describe("after deaths and faults", () => {
  it("the zip is whole and saved once, and what was there is not fetched again", async () => {
    const death = fc.record({
      steps: fc.integer({ min: 1, max: 60 }),
      carriedOut: fc.boolean(),
      browser: fc.boolean(),
    });
    const fault = fc.constantFrom<GetFault | null>(null, null, "network", "short", { status: 503, code: "SlowDown" });
    await fc.assert(
      fc.asyncProperty(fc.array(death, { maxLength: 4 }), fc.array(fault, { maxLength: 10 }), async (deaths, met) => {
        const world = mixed();
        const list = [...met];
        world.fault = () => list.shift() ?? null;
        for (const one of [...deaths, undefined]) {
          world.record = transition(world.record, { type: "recovered" });
          if (world.record.state === "done") break;
          const { run, died } = startLife(world, one);
          await Promise.race([runArchive(run), died]).catch((error: Error) => {
            if (one === undefined) throw error;
          });
          if (one?.browser) killBrowser(world);
        }
        expectSaved(world);
        if (deaths.every(({ browser }) => !browser)) expect(world.saved).toHaveLength(1);
        expect(gets(world).length).toBeLessThanOrEqual(8 + met.length + 8 * deaths.length);
      }),
      { numRuns: 200 },
    );
  });
});
