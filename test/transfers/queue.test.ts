import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lanes, nextToRun, type Queued, smallSize } from "../../src/transfers/queue.ts";

const big = smallSize + 1;
const entry = (id: string, size: number): Queued => ({ id, size });
const entries = (name: string) =>
  fc
    .array(fc.constantFrom(0, smallSize, big), { maxLength: 12 })
    .map((sizes) => sizes.map((size, index) => entry(`${name}${String(index).padStart(2, "0")}`, size)));

describe("queue", () => {
  it("keeps one lane for small transfers", () => {
    const queued = [entry("1", big), entry("2", big), entry("3", big), entry("4", 1)];
    expect(nextToRun(queued, [])).toEqual(["1", "2", "4"]);
  });

  it("starts the oldest first", () => {
    expect(nextToRun([entry("3", 1), entry("1", 1), entry("2", 1), entry("4", 1)], [])).toEqual(["1", "2", "3"]);
  });

  it("never runs more than three, nor three big ones, and never idles without need", () => {
    fc.assert(
      fc.property(entries("q"), entries("r"), (queued, others) => {
        const running = others.slice(0, lanes).filter(({ size }, index) => size <= smallSize || index < lanes - 1);
        const started = nextToRun(queued, running);
        const all = [...running, ...queued.filter(({ id }) => started.includes(id))];
        expect(all.length).toBeLessThanOrEqual(lanes);
        expect(all.filter(({ size }) => size > smallSize).length).toBeLessThanOrEqual(lanes - 1);
        const leftSmall = queued.some(({ id, size }) => size <= smallSize && !started.includes(id));
        if (leftSmall) expect(all.length).toBe(lanes);
      }),
    );
  });
});
