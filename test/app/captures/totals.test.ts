import "../../ui/fake-extension.ts";
import { expect, test } from "vitest";
import { type FilterChoice, noChoice } from "../../../src/app/captures/filter-choice.ts";
import { totals } from "../../../src/app/captures/totals.ts";
import type { CaptureFacets } from "../../../src/messaging/captures-view.ts";

const facets: CaptureFacets = {
  sites: [["notes.example", 812]],
  tags: [["tide", 120]],
  kinds: [["page", 301]],
  total: 1204,
  syncing: false,
};
const said = (choice: Partial<FilterChoice>, rows: number, more: boolean) =>
  totals(facets, { ...noChoice, ...choice }, { rows, more });

test("without a filter it is all, however much is loaded", () => {
  expect(said({}, 100, true)).toBe("1,204");
  expect(said({ text: "  " }, 3, false)).toBe("1,204");
});

test("what is loaded whole is counted, under any filter", () => {
  expect(said({ text: "pier", tag: "tide" }, 3, false)).toBe("count_of 3 1,204");
  expect(said({ site: "notes.example", period: "week" }, 0, false)).toBe("count_of 0 1,204");
});

test("of a site, a tag or a kind alone the number is known before it is loaded", () => {
  expect(said({ site: "notes.example" }, 100, true)).toBe("count_of 812 1,204");
  expect(said({ tag: "tide" }, 100, true)).toBe("count_of 120 1,204");
  expect(said({ kind: "page" }, 100, true)).toBe("count_of 301 1,204");
});

test("else it is said that there are more", () => {
  expect(said({ site: "notes.example", kind: "page" }, 100, true)).toBe("captures_over 100 1,204");
  expect(said({ site: "notes.example", text: "pier" }, 100, true)).toBe("captures_over 100 1,204");
  expect(said({ period: "days" }, 100, true)).toBe("captures_over 100 1,204");
  expect(said({ site: "gone.example" }, 100, true)).toBe("captures_over 100 1,204");
});
