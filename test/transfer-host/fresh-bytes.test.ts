import { describe, expect, it } from "vitest";
import { createFreshBytes } from "../../src/transfer-host/fresh-bytes.ts";

const KiB = 1024;
const bytes = (size: number) => new ArrayBuffer(size);

describe("fresh bytes", () => {
  it("keeps the last of each transfer until it is dropped, and none that is large", () => {
    const fresh = createFreshBytes();
    fresh.keep("a", bytes(1));
    fresh.keep("a", bytes(2));
    expect(fresh.get("a")?.byteLength).toBe(2);
    fresh.keep("a", bytes(129 * KiB));
    expect(fresh.get("a")).toBeUndefined();
    fresh.keep("b", bytes(128 * KiB));
    fresh.drop("b");
    expect(fresh.get("b")).toBeUndefined();
  });

  it("holds 16 MiB: the oldest, which are sent next, until they are a minute old", () => {
    let now = 0;
    const fresh = createFreshBytes(() => now);
    for (let index = 0; index < 200; index++) fresh.keep(`${index}`, bytes(128 * KiB));
    expect([0, 127, 128].map((index) => fresh.get(`${index}`) !== undefined)).toEqual([true, true, false]);
    now = 60_000;
    fresh.keep("new", bytes(128 * KiB));
    expect(fresh.get("0")).toBeUndefined();
    expect(fresh.get("1")).toBeDefined();
    expect(fresh.get("new")).toBeDefined();
    fresh.drop("1");
    fresh.keep("another", bytes(128 * KiB));
    expect(fresh.get("2")).toBeDefined();
  });
});
