import { describe, expect, it } from "vitest";
import { runDownload } from "../../../src/transfers/download/download.ts";
import type { GetFault } from "../support/fetch-host.ts";
import { completed, objectOf, randomBytes, segmentSize, startLife } from "../support/fetch-world.ts";
import { bytes, createWorld, download, expectSaved, faults, gets } from "../support/one-download.ts";

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
