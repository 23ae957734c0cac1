import { expect, test } from "vitest";
import { type FilterChoice, filterOf, isFiltered, noChoice } from "../../../src/app/captures/filter-choice.ts";

const now = new Date(2026, 10, 3, 9, 41).getTime();
const of = (choice: Partial<FilterChoice>) => filterOf({ ...noChoice, ...choice }, now);
const local = (year: number, month: number, day: number) => new Date(year, month - 1, day).getTime();

test("nothing chosen asks for all", () => {
  expect(of({})).toEqual({});
  expect(of({ text: "   " })).toEqual({});
  expect(isFiltered(noChoice)).toBe(false);
  expect(isFiltered({ ...noChoice, text: " " })).toBe(false);
});

test("what is chosen is asked for together", () => {
  expect(of({ text: " old pier ", site: "notes.example", tag: "tide", kind: "page" })).toEqual({
    text: "old pier",
    site: "notes.example",
    tag: "tide",
    kind: "page",
  });
});

test("periods begin with a day of this machine", () => {
  expect(of({ period: "today" })).toEqual({ from: local(2026, 11, 3) });
  expect(of({ period: "week" })).toEqual({ from: local(2026, 10, 28) });
  expect(of({ period: "month" })).toEqual({ from: local(2026, 10, 5) });
  expect(of({ period: "year" })).toEqual({ from: local(2026, 1, 1) });
});

test("between two days both are included, and either may be open", () => {
  expect(of({ period: "days", from: "2026-02-28", to: "2026-02-28" })).toEqual({
    from: local(2026, 2, 28),
    to: local(2026, 3, 1),
  });
  expect(of({ period: "days", from: "2026-02-28" })).toEqual({ from: local(2026, 2, 28) });
  expect(of({ period: "days", to: "2025-12-31" })).toEqual({ to: local(2026, 1, 1) });
  expect(of({ period: "days", from: "soon", to: "" })).toEqual({});
});

test("days of another period do not count", () => {
  expect(of({ from: "2026-02-28", to: "2026-02-28" })).toEqual({});
});
