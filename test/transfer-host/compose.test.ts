import { describe, expect, it } from "vitest";
import { compose } from "../../src/transfer-host/compose.ts";
import { largestInline } from "../../src/transfer-host/fetch-segment.ts";
import type { Piece } from "../../src/transfers/host/host-link.ts";
import { bytesOf, hostWorld, sumOf, watch } from "./world.ts";

const MiB = 1024 ** 2;

/** A journal in memory that counts what is written back. */
function counting(segments: Map<number, Blob>) {
  const folds: number[] = [];
  return {
    folds,
    segment: async (_id: string, index: number) => segments.get(index),
    putSegment: async (_id: string, index: number, bytes: Blob | ArrayBuffer) => {
      const blob = new Blob([bytes]);
      folds.push(blob.size);
      segments.set(index, blob);
    },
  };
}

describe("compose", () => {
  it("puts bytes and segments together in their order, as plain bytes", async () => {
    const { host, journal } = hostWorld();
    const large = bytesOf(largestInline + 5, 3);
    await journal.putSegment("t", 0, new TextEncoder().encode("zero").buffer);
    await journal.putSegment("t", 1, new Blob([large]));
    const pieces: Piece[] = [{ bytes: new TextEncoder().encode("<") }, { segment: 0 }, { segment: 1 }, { segment: 0 }];
    const { url, size } = await host.compose("t", pieces, watch());
    const blob = await (await fetch(url)).blob();
    expect(await sumOf(blob)).toBe(await sumOf(new Blob(["<zero", large, "zero"])));
    expect(size).toBe(large.length + 9);
    // A blob: URL that a browser would show as a page of the extension would be a hole.
    expect(blob.type).toBe("application/octet-stream");
    host.release(url);
    await expect(fetch(url)).rejects.toThrow();
  });

  it("composes nothing as an empty file", async () => {
    expect((await compose(counting(new Map()), "t", [], watch().signal)).size).toBe(0);
  });

  it("writes many small pieces back in runs, so that they do not fill the memory", async () => {
    const small = (index: number) => bytesOf(largestInline, index);
    const segments = new Map(Array.from({ length: 600 }, (_, index) => [index, new Blob([small(index)])]));
    const journal = counting(segments);
    const pieces = Array.from({ length: 600 }, (_, segment): Piece => ({ segment }));
    const blob = await compose(journal, "t", pieces, watch().signal);
    expect(journal.folds).toEqual([16 * MiB, 16 * MiB, 600 * largestInline - 32 * MiB]);
    expect(await sumOf(blob)).toBe(await sumOf(new Blob(pieces.map((_, index) => small(index)))));
  });

  it("writes a run between large segments back only when it is worth it", async () => {
    const large = new Blob([new Uint8Array(2 * MiB)]);
    const segments = new Map([
      [0, large],
      [1, new Blob([new Uint8Array(largestInline)])],
    ]);
    const journal = counting(segments);
    const header: Piece = { bytes: new Uint8Array(100) };
    const small: Piece = { segment: 1 };
    const pieces: Piece[] = [header, { segment: 0 }, small, small, small, small, small, { segment: 0 }, header];
    const blob = await compose(journal, "t", pieces, watch().signal);
    expect(journal.folds).toEqual([5 * largestInline]);
    expect(blob.size).toBe(4 * MiB + 5 * largestInline + 200);
  });

  it("says when a segment is missing, and when it is cancelled", async () => {
    const journal = counting(new Map());
    await expect(compose(journal, "t", [{ segment: 3 }], watch().signal)).rejects.toMatchObject({ kind: "source" });
    await expect(compose(journal, "t", [], AbortSignal.abort())).rejects.toMatchObject({ kind: "cancelled" });
  });
});
