import { describe, expect, it } from "vitest";
import { crc32, crc32Base64 } from "../../src/shared/crc32.ts";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import { inlineSize } from "../../src/transfers/journal/journal.ts";
import { bytesOf, hostWorld, sumOf, watch } from "./world.ts";

const segmentSize = 2 * inlineSize;
const content = bytesOf(2 * segmentSize + 100);
const digest = (bytes: Uint8Array) => ({ size: bytes.length, crc32: crc32Base64(crc32(bytes)) });
const upload = { transferId: "t", segmentSize, live: false };

const steps = [0, segmentSize, 2 * segmentSize].map((start, index) => ({
  transferId: "t",
  index,
  range: { start, end: Math.min(start + segmentSize, content.length) },
  last: index === 2,
}));

describe("stage", () => {
  it("copies segment by segment, and lets go of the source at its end", async () => {
    const { host, journal, heartbeat } = hostWorld();
    await host.hold([{ transferId: "t", source: new File([content], "f") }]);
    const told = [];
    for (const step of steps) {
      expect(await host.held()).toEqual(["t"]);
      expect(heartbeat.active).toBe(true);
      told.push(await host.stage(step, watch()));
    }
    // Small enough to have been read anyway.
    expect(told).toEqual([{ digest: null }, { digest: null }, { digest: digest(content.slice(2 * segmentSize)) }]);
    expect(await host.held()).toEqual([]);
    expect(heartbeat.active).toBe(false);
    const kept = await Promise.all(steps.map(({ index }) => journal.segment("t", index)));
    expect(await sumOf(new Blob(kept.flatMap((blob) => blob ?? [])))).toBe(await sumOf(content));
  });

  it("copies an empty file", async () => {
    const { host, journal } = hostWorld();
    await host.hold([{ transferId: "t", source: new File([], "f") }]);
    const told = await host.stage({ transferId: "t", index: 0, range: { start: 0, end: 0 }, last: true }, watch());
    expect(told.digest).toEqual({ size: 0, crc32: "AAAAAA==" });
    expect((await journal.segment("t", 0))?.size).toBe(0);
  });

  it("refuses what it does not hold, what is shorter, and what cannot be read", async () => {
    const { host } = hostWorld();
    const range = { start: 0, end: 10 };
    const attempt = () => host.stage({ transferId: "t", index: 0, range, last: true }, watch());
    await expect(attempt()).rejects.toMatchObject({ kind: "source" });
    await host.hold([{ transferId: "t", source: new Blob(["short"]) }]);
    await expect(attempt()).rejects.toMatchObject({ kind: "source" });
    const gone = () => Promise.reject(new DOMException("gone", "NotReadableError"));
    const source = Object.assign(new Blob(["0123456789"]), { arrayBuffer: gone });
    await host.hold([{ transferId: "t", source }]);
    await expect(attempt()).rejects.toMatchObject({ kind: "source" });
    await host.drop(["t"]);
    expect(await host.held()).toEqual([]);
  });

  it.each([0, 1, 2])(
    "refuses a source that changed between its segments, %i of them digested, and keeps it",
    async (digested) => {
      const { host } = hostWorld();
      let now = content;
      const slice = (from: number, to: number) => new Blob([now]).slice(from, to);
      const stream = () => new Blob([now]).stream();
      await host.hold([{ transferId: "t", source: Object.assign(new File([content], "f"), { slice, stream }) }]);
      const [first, second, last] = steps;
      if (!first || !second || !last) throw new Error("three steps");
      await host.stage(first, watch());
      now = bytesOf(content.length, 1);
      await host.stage(second, watch());
      for (const { range } of steps.slice(0, digested))
        await host.digest({ bytes: upload, range, sha256: false }, watch());
      await expect(host.stage(last, watch())).rejects.toMatchObject({ kind: "source" });
      expect(await host.held()).toEqual(["t"]);
      // Staged anew from its beginning, it is whole again.
      for (const step of steps) await host.stage(step, watch());
      expect(await host.held()).toEqual([]);
    },
  );

  it("refuses a source that has grown, though the browser still tells its old size", async () => {
    const { host } = hostWorld();
    const stream = () => new Blob([content, "more"]).stream();
    await host.hold([{ transferId: "t", source: Object.assign(new File([content], "f"), { stream }) }]);
    for (const step of steps.slice(0, 2)) await host.stage(step, watch());
    const last = steps[2];
    if (last !== undefined) await expect(host.stage(last, watch())).rejects.toMatchObject({ kind: "source" });
  });

  it.each([
    ["journal-full", "full"],
    ["journal-damaged", "source"],
  ] as const)("says what became of the journal: %s", async (code, kind) => {
    const { host, journal } = hostWorld();
    const failing = hostWorld({
      journal: { ...journal, putSegment: () => Promise.reject(new HoldallError(code)) },
    });
    await failing.host.hold([{ transferId: "t", source: new Blob([content]) }]);
    for (const step of steps) await expect(failing.host.stage(step, watch())).rejects.toMatchObject({ kind });
    expect(await host.held()).toEqual([]);
  });
});

describe("matches", () => {
  it("compares a source with what was copied before", async () => {
    const { host } = hostWorld();
    await host.hold([{ transferId: "t", source: new Blob([content]) }]);
    for (const step of steps.slice(0, 2)) await host.stage(step, watch());
    const size = 2 * segmentSize;
    const other = content.slice();
    other[size - 1] = 1 + (other[size - 1] ?? 0);
    const results = [];
    for (const source of [content, other, content.slice(0, size), content.slice(0, size - 1)]) {
      await host.hold([{ transferId: "t", source: new Blob([source]) }]);
      results.push(await host.matches({ bytes: upload, size }, watch()));
    }
    expect(results).toEqual([true, false, true, false]);
  });

  it("compares the parts of what is too large to be copied", async () => {
    const { host, journal } = hostWorld();
    const partSize = 8 * 1024 ** 2;
    const large = bytesOf(partSize + 1000);
    await journal.putPart("t", 2, digest(large.slice(partSize)));
    const other = large.slice();
    other[partSize + 5] = 1 + (other[partSize + 5] ?? 0);
    const results = [];
    for (const source of [large, other]) {
      await host.hold([{ transferId: "t", source: new Blob([source]) }]);
      results.push(await host.matches({ bytes: { ...upload, live: true }, size: 0 }, watch()));
    }
    expect(results).toEqual([true, false]);
  });
});

describe("digest", () => {
  it("reads a range of one segment, with its SHA-256 when it is asked for", async () => {
    const { host, journal } = hostWorld();
    await journal.putSegment("t", 1, new Blob([content]));
    const range = { start: segmentSize + 10, end: segmentSize + 2000 };
    const bytes = content.slice(10, 2000);
    expect(await host.digest({ bytes: upload, range, sha256: false }, watch())).toEqual(digest(bytes));
    const sha256 = Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("base64");
    expect(await host.digest({ bytes: upload, range, sha256: true }, watch())).toEqual({ ...digest(bytes), sha256 });
  });

  it("reads what is too large from the source, and hashes more than 8 MiB by its pieces", async () => {
    const { host } = hostWorld();
    const piece = 8 * 1024 ** 2;
    const large = bytesOf(piece + 1);
    await host.hold([{ transferId: "t", source: new Blob([large]) }]);
    const range = { start: 0, end: large.length };
    const told = await host.digest({ bytes: { ...upload, live: true }, range, sha256: true }, watch());
    const hashes = await Promise.all(
      [large.slice(0, piece), large.slice(piece)].map((bytes) => crypto.subtle.digest("SHA-256", bytes)),
    );
    const both = await crypto.subtle.digest("SHA-256", await new Blob(hashes).arrayBuffer());
    expect(told).toEqual({ ...digest(large), sha256: Buffer.from(both).toString("base64") });
  });

  it("reads nothing of a file without bytes, which has no segment", async () => {
    const { host } = hostWorld();
    const range = { start: 0, end: 0 };
    expect(await host.digest({ bytes: upload, range, sha256: false }, watch())).toEqual(digest(new Uint8Array()));
  });

  it("says when there are none, when they end early and when they cannot be read", async () => {
    const { host, journal } = hostWorld();
    const ask = (end: number) => host.digest({ bytes: upload, range: { start: 0, end }, sha256: false }, watch());
    await expect(ask(1)).rejects.toMatchObject({ kind: "source" });
    await journal.putSegment("t", 0, new Blob(["abc"]));
    await expect(ask(4)).rejects.toMatchObject({ kind: "source" });
    const pull = (controller: ReadableByteStreamController) => controller.error(new Error("NotReadableError"));
    const gone = Object.assign(new Blob(["abc"]), { stream: () => new ReadableStream({ type: "bytes", pull }) });
    const unreadable = hostWorld({ journal: { ...journal, segment: async () => gone } });
    const digesting = unreadable.host.digest({ bytes: upload, range: { start: 0, end: 3 }, sha256: false }, watch());
    await expect(digesting).rejects.toMatchObject({ kind: "source" });
  });
});
