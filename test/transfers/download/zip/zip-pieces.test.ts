import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32 } from "../../../../src/shared/crc32.ts";
import { type ZipMember, zipPieces } from "../../../../src/transfers/download/zip/zip-pieces.ts";
import type { Piece } from "../../../../src/transfers/host/host-link.ts";
import { readZip, type ZipContent } from "./read-zip.ts";

/** Headers at their places; what lies between is only as long as it says. */
function sparse(pieces: Piece[], sizes: Map<number, number>): ZipContent {
  const known: { start: number; bytes: Uint8Array }[] = [];
  let at = 0;
  for (const piece of pieces) {
    if ("bytes" in piece) known.push({ start: at, bytes: piece.bytes });
    at += "bytes" in piece ? piece.bytes.length : (sizes.get(piece.segment) ?? Number.NaN);
  }
  return {
    size: at,
    read: (start, length) => {
      let low = 0;
      let high = known.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >>> 1;
        if ((known[middle]?.start ?? 0) <= start) low = middle;
        else high = middle - 1;
      }
      const { start: from, bytes } = known[low] ?? { start: 0, bytes: new Uint8Array() };
      if (start + length > from + bytes.length) throw new Error(`${start} is no header`);
      return bytes.subarray(start - from, start - from + length);
    },
  };
}

function member(change: Partial<ZipMember> = {}): ZipMember {
  return { name: "a", size: 0, crc32: 0, modifiedAt: Date.UTC(2026, 10, 20, 12, 0, 1), segments: [], ...change };
}

/** One segment for each member that has bytes. */
function declared(list: Partial<ZipMember>[]) {
  const members = list.map((one, index) => member({ name: `n${index}`, ...one, segments: one.size ? [index] : [] }));
  const sizes = new Map(members.map(({ size }, index) => [index, size]));
  const { pieces, size } = zipPieces(members);
  const content = sparse(pieces, sizes);
  expect(content.size).toBe(size);
  return { members, read: readZip(content), pieces };
}

const GiB = 1024 ** 3;
const contents = [
  { name: "photos/día 1.jpg", text: "abc" },
  { name: "photos/空.txt", text: "" },
  { name: "📁/", text: "" },
  { name: "b/c/ё.bin", text: "x".repeat(70_000) },
];

function realZip(): Uint8Array {
  const encoder = new TextEncoder();
  const members = contents.map(({ name, text }, index) => {
    const bytes = encoder.encode(text);
    return member({ name, size: bytes.length, crc32: crc32(bytes), segments: bytes.length === 0 ? [] : [index] });
  });
  const { pieces, size } = zipPieces(members);
  const whole = Buffer.concat(
    pieces.map((piece) => ("bytes" in piece ? piece.bytes : encoder.encode(contents[piece.segment]?.text))),
  );
  expect(whole.length).toBe(size);
  return whole;
}

describe("a zip", () => {
  it("of nothing, of empty files and of folders is one", () => {
    expect(declared([]).read).toEqual([]);
    const { read, pieces } = declared([{ name: "empty" }, { name: "folder/" }]);
    expect(read.map(({ name, versionNeeded }) => [name, versionNeeded])).toEqual([
      ["empty", 10],
      ["folder/", 20],
    ]);
    expect(pieces).toHaveLength(1);
    expect(read.map(({ attributes }) => (attributes >>> 16).toString(8))).toEqual(["100644", "40755"]);
  });

  it("holds the bytes of its members, under their names", () => {
    const zip = realZip();
    const read = readZip({ size: zip.length, read: (start, length) => zip.subarray(start, start + length) });
    expect(read.map(({ name, start, size }) => [name, zip.subarray(start, start + size).toString()])).toEqual(
      contents.map(({ name, text }) => [name, text]),
    );
    expect(read.every(({ crc32: sum, start, size }) => crc32(zip.subarray(start, start + size)) === sum)).toBe(true);
    expect(read[0]?.modified).toBe(Date.UTC(2026, 10, 20, 12, 0, 1) / 1000);
  });

  it.each([
    ["unzip", ["-tqq"]],
    [
      "python3",
      [
        "-c",
        "import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print('\\n'.join(z.namelist()))",
      ],
    ],
  ])("is read by %s, where it is installed", (program, args) => {
    if (spawnSync(program, ["--version"]).error !== undefined) return;
    const folder = mkdtempSync(join(tmpdir(), "holdall-zip-"));
    try {
      const file = join(folder, "a.zip");
      writeFileSync(file, realZip());
      const env = { ...process.env, PYTHONIOENCODING: "utf-8" };
      const said = execFileSync(program, [...args, file], { encoding: "utf8", env });
      if (program === "python3") expect(said.trim().split("\n")).toEqual(contents.map(({ name }) => name));
      expect(readFileSync(file).length).toBeGreaterThan(70_000);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([
    ["just below 4 GiB", [4 * GiB - 2, 10]],
    ["of 4 GiB - 1, which means zip64", [4 * GiB - 1, 10]],
    ["far beyond 4 GiB", [70 * GiB, 10, 5 * GiB]],
    ["of many small ones beyond 4 GiB", [3 * GiB, 3 * GiB, 3 * GiB]],
  ])("with members %s", (_name, sizes) => {
    const { read } = declared(sizes.map((size) => ({ size, crc32: 0xdeadbeef })));
    expect(read.map(({ size }) => size)).toEqual(sizes);
    expect(read.every(({ crc32: sum }) => sum === 0xdeadbeef)).toBe(true);
  });

  it.each([65_534, 65_535, 65_536, 100_000])(
    "of %i members",
    (count) => {
      expect(declared(Array.from({ length: count }, () => ({ size: 1 }))).read).toHaveLength(count);
    },
    30_000,
  );

  it("is one for any sizes, times and names", () => {
    const size = fc.oneof(fc.nat(100), fc.integer({ min: 4 * GiB - 3, max: 4 * GiB + 3 }), fc.nat(2 ** 50));
    const time = fc.integer({ min: -1e13, max: 1e13 });
    const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).filter((text) => !text.endsWith("/"));
    const one = fc.record({ name, size, modifiedAt: time, crc32: fc.nat(0xffff_ffff) });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 30 }), (list) => {
        const { read } = declared(list);
        expect(read.map((found) => [found.name, found.size, found.crc32])).toEqual(
          list.map((wanted) => [wanted.name, wanted.size, wanted.crc32]),
        );
      }),
    );
  });

  it.each([
    ["before 1980", -1, { date: 33, time: 0 }],
    [
      "of 2026",
      new Date(2026, 10, 20, 13, 14, 15).getTime(),
      { date: (46 << 9) | (11 << 5) | 20, time: (13 << 11) | (14 << 5) | 7 },
    ],
    ["after 2107", Date.UTC(2300, 1), { date: (127 << 9) | (12 << 5) | 31, time: (23 << 11) | (59 << 5) | 29 }],
    ["that is none", Number.NaN, { date: 33, time: 0 }],
  ])("with a time %s", (_name, modifiedAt, { date, time }) => {
    const [read] = declared([{ modifiedAt }]).read;
    expect([read?.dosDate, read?.dosTime]).toEqual([date, time]);
  });
});
