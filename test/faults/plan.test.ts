import { describe, expect, test } from "vitest";
import { objectKey } from "../../src/aws/keys.ts";
import { bytesOf, expectedSums } from "./bytes.ts";
import { makePlan } from "./plan.ts";

const seeds = Array.from({ length: 200 }, (_, index) => index);
const plans = seeds.map((seed) => makePlan(seed, seed % 2 === 0 ? "chromium" : "firefox"));

describe("a plan", () => {
  test("follows from its seed", () => {
    expect(makePlan(7, "firefox")).toEqual(makePlan(7, "firefox"));
    expect(makePlan(7, "firefox")).not.toEqual(makePlan(9, "firefox"));
  });

  test("uploads each file once, saves each object once, and is in order", () => {
    for (const { files, saves, archive, acts } of plans) {
      const uploaded = acts.flatMap(({ act }) => (act.type === "upload" ? act.files : []));
      expect(new Set(uploaded).size).toBe(uploaded.length);
      expect(new Set(uploaded)).toEqual(new Set(files));
      expect(acts.filter(({ act }) => act.type === "save")).toHaveLength(saves.length);
      expect(acts.filter(({ act }) => act.type === "archive")).toHaveLength(archive.length > 0 ? 1 : 0);
      expect(acts.map(({ at }) => at)).toEqual(acts.map(({ at }) => at).toSorted((a, b) => a - b));
    }
  });

  test("two files of a run never have the same bytes, unless they are too short to differ", () => {
    for (const { files, saves, archive } of plans.slice(0, 20)) {
      const long = [...files, ...saves, ...archive].filter(({ size }) => size > 8 && size < 1_000_000);
      expect(new Set(long.map((file) => expectedSums(file).sha256)).size).toBe(long.length);
    }
  });

  test("names are such as the key rules take", () => {
    for (const { path } of plans.flatMap(({ files, archive }) => [...files, ...archive]))
      expect(objectKey("alice", path)).toBe(`alice/${path}`);
  });

  test("all of them together do everything that can go wrong", () => {
    const acts = plans.flatMap((plan) => plan.acts.map(({ act }) => ({ ...act, browser: plan.browser })));
    const types = new Set(acts.map(({ type }) => type));
    for (const type of ["kill-worker", "kill-host", "kill-browser", "expire-sessions", "sign-out", "end-upload"]) {
      expect(types).toContain(type);
    }
    expect(acts.some(({ type, browser }) => type === "kill-worker" && browser === "firefox")).toBe(false);
    const kinds = new Set(acts.flatMap((act) => (act.type === "fault" ? [act.fault.kind] : [])));
    expect(kinds).toEqual(new Set(["cutBefore", "cutAfter", "truncate", "delay", "slow", "error", "throttle"]));
  });
});

test("bytes have their size, and follow from size and seed", () => {
  for (const size of [0, 1, 3, 4, 5, 1001]) expect(bytesOf(size, 9)).toHaveLength(size);
  expect(bytesOf(1001, 9)).toEqual(bytesOf(1001, 9));
  expect(bytesOf(1001, 9)).not.toEqual(bytesOf(1001, 11));
});
