import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import { runDownload } from "../../src/transfers/download.ts";
import { transition } from "../../src/transfers/machine.ts";
import {
  completed,
  createFetchWorld,
  type FetchWorld,
  type GetFault,
  killBrowser,
  objectOf,
  randomBytes,
  recordOf,
  segmentSize,
  startLife,
} from "./fetch-world.ts";

const bytes = randomBytes(4500);

function createWorld(change: Parameters<typeof recordOf>[0] = {}, stored = objectOf(bytes)): FetchWorld {
  const world = createFetchWorld(recordOf(change));
  world.objects.set("a.bin", stored);
  return world;
}

const download = (world: FetchWorld) => runDownload(startLife(world).run);
const gets = (world: FetchWorld) => world.requests.filter((request) => request.startsWith("GET"));

function expectSaved(world: FetchWorld, content: Uint8Array = bytes): void {
  expect(completed(world)).toHaveLength(1);
  expect(Buffer.compare(completed(world)[0]?.bytes ?? new Uint8Array(), content)).toBe(0);
  expect(world.record.state).toBe("done");
}

/** The first so many GETs meet it. */
function faults(...list: (GetFault | null)[]): FetchWorld["fault"] {
  return () => list.shift() ?? null;
}

describe("a download", () => {
  it.each([0, 1, segmentSize - 1, segmentSize])("of %i bytes is at most one request for bytes", async (size) => {
    const world = createWorld({}, objectOf(bytes.slice(0, size)));
    await download(world);
    expectSaved(world, bytes.slice(0, size));
    expect(world.requests).toEqual(["HEAD a.bin", ...(size === 0 ? [] : ["GET a.bin"])]);
  });

  it("of more comes in ranges, four at once, under a name that the disk takes", async () => {
    const world = createWorld({ name: "../a:b.bin" });
    await download(world);
    expectSaved(world);
    expect(gets(world)).toEqual(
      ["0-999", "1000-1999", "2000-2999", "3000-3999", "4000-4499"].map((r) => `GET a.bin ${r}`),
    );
    expect(world.peak).toBe(4);
    expect(completed(world)[0]?.filename).toBe("_a_b.bin");
    expect(world.record).toMatchObject({ size: 4500, staged: 4500 });
    expect([...world.moved.values()].reduce((sum, moved) => sum + moved, 0)).toBe(4500);
    expect(world.urls.size).toBe(0);
  });

  it("hands nothing to the browser but a blob URL", async () => {
    const world = createWorld();
    await download(world);
    expect(world.saved.map(({ url }) => url.slice(0, 5))).toEqual(["blob:"]);
  });

  it.each<GetFault>([
    "network",
    "stalled",
    "host-lost",
    "short",
    "wrong-range",
    "ignores-range",
    { status: 503, code: "SlowDown" },
    { status: 416, code: "InvalidRange" },
  ])("fetches the segment again that met %j, and no other", async (fault) => {
    const world = createWorld();
    world.fault = faults(null, fault);
    await download(world);
    expectSaved(world);
    expect(gets(world)).toHaveLength(6);
  });

  it("does not save bytes that are not those of the checksum", async () => {
    const world = createWorld();
    world.fault = faults(null, "spoiled");
    await expect(download(world)).rejects.toMatchObject({ code: "checksum-mismatch" });
    expect(world.saved).toEqual([]);
    expect(world.parts.size).toBe(0);
    const small = createWorld({}, objectOf(bytes.slice(0, 10)));
    small.fault = faults("spoiled");
    await download(small);
    expectSaved(small, bytes.slice(0, 10));
  });

  it("of a store that knows no CRC-32 compares sizes", async () => {
    const world = createWorld({}, objectOf(bytes, { crc32: null }));
    await download(world);
    expectSaved(world);
  });

  it("of which segments are there fetches the others", async () => {
    const first = createWorld();
    first.fault = ({ range }) => (range === "bytes=2000-2999" ? { status: 400, code: "InvalidArgument" } : null);
    await expect(download(first)).rejects.toMatchObject({ code: "service-refused" });
    first.record = { ...first.record, state: "queued" };
    first.fault = () => null;
    const before = first.requests.length;
    await download(first);
    expectSaved(first);
    const again = first.requests.slice(before);
    expect(again).toContain("GET a.bin 2000-2999");
    expect(again.length).toBeLessThan(5);
  });

  it("without room for it says so before it fetches anything", async () => {
    const world = createWorld();
    world.room = 4499;
    await expect(download(world)).rejects.toMatchObject({ code: "journal-full" });
    expect(gets(world)).toEqual([]);
  });

  it("of somebody else sends nothing", async () => {
    const world = createWorld();
    world.signedIn = "bob";
    await expect(download(world)).rejects.toMatchObject({ code: "signed-out" });
    expect(world.requests).toEqual([]);
  });

  it("takes the page of something in S3's place for no file", async () => {
    const world = createWorld({}, objectOf(bytes.slice(0, 100)));
    const life = startLife(world);
    const { fetch } = life.run.deps.host;
    life.run.deps.host.fetch = async (...input) => {
      const { answer, fetched } = await fetch(...input);
      return { answer: { ...answer, headers: { "content-type": "text/html" } }, fetched };
    };
    await expect(runDownload(life.run)).rejects.toMatchObject({ code: "not-aws" });
    expect(world.parts.get(0)?.size).toBe(-1);
  });
});

describe("a version", () => {
  const other = randomBytes(4500, 7);

  it("that was asked for and is gone is not replaced by another, but for who tries again", async () => {
    const world = createWorld({ etag: '"old"' });
    await expect(download(world)).rejects.toMatchObject({ code: "file-changed" });
    expect(gets(world)).toEqual([]);
    world.record = { ...world.record, state: "queued" };
    await download(world);
    expectSaved(world);
  });

  it("that changes under way begins anew, and never mixes", async () => {
    const world = createWorld();
    let count = 0;
    world.answered = () => {
      if (++count === 2) world.objects.set("a.bin", objectOf(other));
    };
    await download(world);
    expectSaved(world, other);
  });

  it("that changes all the time ends", async () => {
    const world = createWorld();
    let count = 0;
    world.answered = () => world.objects.set("a.bin", objectOf(randomBytes(4500, ++count)));
    await expect(download(world)).rejects.toMatchObject({ code: "file-changed" });
    expect(world.saved).toEqual([]);
  });
});

describe("an object that the browser decodes", () => {
  const encoded = () => objectOf(randomBytes(2500, 3), { contentEncoding: "gzip", decoded: bytes });

  it("comes in one go, whatever its size", async () => {
    const world = createWorld({}, encoded());
    await download(world);
    expectSaved(world);
    expect(world.requests).toEqual(["HEAD a.bin", "GET a.bin"]);
    expect(world.record.size).toBe(bytes.length);
  });

  it("that fills the journal is given up", async () => {
    const world = createWorld({}, encoded());
    world.room = 3000;
    await expect(download(world)).rejects.toMatchObject({ code: "journal-full" });
    expect(world.saved).toEqual([]);
  });
});

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
