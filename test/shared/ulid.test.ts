import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createUlid, encodeTime, isUlid, timeOfUlid } from "../../src/shared/ulid.ts";

describe("ULIDs", () => {
  it("sort by creation whatever the clock does, and are never the same", () => {
    const clocks = fc.array(fc.integer({ min: 0, max: 2 ** 48 - 1 }), { minLength: 2, maxLength: 50 });
    fc.assert(
      fc.property(clocks, fc.boolean(), (times, highest) => {
        let at = 0;
        const random = (bytes: Uint8Array) => void bytes.fill(highest ? 255 : 7);
        const next = createUlid({ now: () => times[at++ % times.length] ?? 0, random });
        const made = times.map(() => next());
        expect(made.every((id) => id.length === 26)).toBe(true);
        expect([...made].sort()).toEqual(made);
        expect(new Set(made).size).toBe(made.length);
      }),
    );
  });

  it("tell the time in their first ten characters", () => {
    const next = createUlid({ now: () => 1_469_918_176_385, random: (bytes) => void bytes.fill(0) });
    // The example of the specification.
    expect(next()).toBe("01ARYZ6S410000000000000000");
    expect(timeOfUlid("01ARYZ6S410000000000000000")).toBe(1_469_918_176_385);
    const times = fc.integer({ min: 0, max: 2 ** 48 - 1 });
    fc.assert(fc.property(times, (time) => timeOfUlid(encodeTime(time)) === time));
  });

  it("are told from other texts", () => {
    expect(isUlid("01ARYZ6S410000000000000000")).toBe(true);
    for (const other of ["", "01ARYZ6S41000000000000000", "81ARYZ6S410000000000000000", "01ARYZ6S41000000000000000U"]) {
      expect(isUlid(other)).toBe(false);
    }
  });
});
