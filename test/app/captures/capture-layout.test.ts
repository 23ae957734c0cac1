import fc from "fast-check";
import { expect, test } from "vitest";
import { columnsOf, dayOf, layOut, type Room, stepFrom } from "../../../src/app/captures/capture-layout.ts";
import { captureRows } from "../../ui/harness/capture-fixtures.ts";

const gallery: Room = { look: "gallery", width: 700, coarse: false };
const list: Room = { look: "list", width: 700, coarse: false };
const noon = new Date(2026, 10, 3, 12).getTime();
const day = 86_400_000;
/** Captures of days before, so many each. */
const rowsOf = (...days: number[]) =>
  captureRows(days.reduce((a, b) => a + b, 0)).map((row, index) => {
    let left = index;
    let age = 0;
    while (left >= (days[age] ?? 0)) left -= days[age++] ?? 0;
    return { ...row, at: noon - age * day - left };
  });

const aRoom = fc.record({
  look: fc.constantFrom("gallery" as const, "list" as const),
  width: fc.integer({ min: 200, max: 3000 }),
  coarse: fc.boolean(),
});

test("tiles are neither too small nor too large to look at", () => {
  expect([270, 330, 700, 1180, 2400].map((width) => columnsOf({ ...gallery, width }))).toEqual([2, 2, 4, 6, 11]);
});

test("each day begins a line of its own", () => {
  const { lines } = layOut(rowsOf(5, 1), gallery);
  expect(lines.map((line) => ("day" in line ? "day" : [line.from, line.to]))).toEqual([
    "day",
    [0, 4],
    [4, 5],
    "day",
    [5, 6],
  ]);
});

test("every capture stands in one line, and lines follow each other without a gap", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 8 }), aRoom, (days, room) => {
      const rows = rowsOf(...days);
      const { lines, height } = layOut(rows, room);
      const indices = lines.flatMap((line) =>
        "from" in line ? Array.from({ length: line.to - line.from }, (_, step) => line.from + step) : [],
      );
      expect(indices).toEqual(rows.map((_, index) => index));
      let top = 0;
      for (const line of lines) {
        expect(line.top).toBe(top);
        top += line.height;
      }
      expect(height).toBe(top);
    }),
  );
});

test("arrows go beside, and up and down in the same column as far as there is one", () => {
  const { lines } = layOut(rowsOf(6, 3), gallery);
  const step = (index: number, to: Parameters<typeof stepFrom>[3]) => stepFrom(lines, 9, index, to, 600);
  expect(step(0, "right")).toBe(1);
  expect(step(0, "left")).toBe(0);
  expect(step(1, "down")).toBe(5);
  expect(step(3, "down")).toBe(5);
  expect(step(5, "down")).toBe(7);
  expect(step(8, "down")).toBe(8);
  expect(step(8, "up")).toBe(5);
  expect(step(2, "up")).toBe(2);
  expect(step(4, "first")).toBe(0);
  expect(step(4, "last")).toBe(8);
});

test("a page is what is in sight, and never less than a line", () => {
  const { lines } = layOut(rowsOf(100), list);
  expect(stepFrom(lines, 100, 10, "page-down", 320)).toBe(19);
  expect(stepFrom(lines, 100, 10, "page-up", 320)).toBe(1);
  expect(stepFrom(lines, 100, 99, "page-down", 320)).toBe(99);
  expect(stepFrom(lines, 100, 10, "page-down", 1)).toBe(11);
});

test("every step stays among the captures", () => {
  const steps = ["left", "right", "up", "down", "page-up", "page-down", "first", "last"] as const;
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
      aRoom,
      fc.nat(),
      fc.array(fc.constantFrom(...steps), { maxLength: 20 }),
      (days, room, start, walk) => {
        const rows = rowsOf(...days);
        const { lines } = layOut(rows, room);
        let index = start % rows.length;
        for (const step of walk) {
          index = stepFrom(lines, rows.length, index, step, 500);
          expect(rows[index]).toBeDefined();
        }
      },
    ),
  );
});

test("a hundred thousand are laid out within a frame or two", () => {
  const rows = rowsOf(...Array.from({ length: 1000 }, () => 100));
  layOut(rows, gallery);
  const from = performance.now();
  layOut(rows, gallery);
  expect(performance.now() - from).toBeLessThan(100);
});

test("a day is the local one", () => {
  const [begin, end] = dayOf(noon);
  expect([new Date(begin).getHours(), new Date(end).getHours()]).toEqual([0, 0]);
  expect([new Date(begin).getDate(), new Date(end).getDate()]).toEqual([3, 4]);
});
