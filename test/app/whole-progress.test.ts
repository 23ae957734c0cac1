import fc from "fast-check";
import { expect, test } from "vitest";
import { nextProgress, type WholeProgress } from "../../src/app/transfers/whole-progress.ts";
import { noTransfers } from "../../src/messaging/view.ts";

const totals = (active: number, bytes: number, sent: number) => ({ ...noTransfers.totals, active, bytes, sent });

test("a file that ends keeps the bar where it is, one that is added lengthens the way", () => {
  const begun = nextProgress(null, totals(2, 300, 100));
  expect(begun).toEqual({ done: 100, all: 300 });
  const ended = nextProgress(begun, totals(1, 100, 0));
  expect(ended).toEqual({ done: 200, all: 300 });
  expect(nextProgress(ended, totals(2, 200, 0))).toEqual({ done: 200, all: 400 });
  const over = nextProgress(ended, totals(0, 0, 0));
  expect(nextProgress(over, totals(1, 50, 10))).toEqual({ done: 10, all: 50 });
});

test("it never falls back while nothing is added", () => {
  const steps = fc.array(
    fc.record({ bytes: fc.nat({ max: 1000 }), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  );
  fc.assert(
    fc.property(steps, (all) => {
      let before: WholeProgress | null = null;
      let left = Number.POSITIVE_INFINITY;
      for (const { bytes, share } of all) {
        const sent = Math.floor(bytes * share);
        const next: WholeProgress = nextProgress(before, totals(1, bytes, sent));
        expect(next.all - next.done).toBe(bytes - sent);
        expect(next.done).toBeGreaterThanOrEqual(0);
        if (before !== null && bytes - sent <= left) expect(next.done).toBeGreaterThanOrEqual(before.done);
        left = bytes - sent;
        before = next;
      }
    }),
  );
});
