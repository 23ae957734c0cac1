import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasEnded, type TransferEvent, transition } from "../../src/transfers/machine.ts";
import type { TransferRecord, TransferState } from "../../src/transfers/record.ts";

const error = { code: "unreachable", facts: {} } as const;

function staged(direction: "upload" | "download"): TransferRecord {
  return {
    ...{ id: "01", owner: { profile: "p", identity: "i" }, direction, path: "a.txt", name: "a.txt", size: 1 },
    ...{ contentType: "", crc32: null, ifExists: "fail", etag: null, state: "staged", unsure: false, saving: null },
    ...{ attempts: 0, renames: 0, error: null, created: 0 },
  };
}

const event: fc.Arbitrary<TransferEvent> = fc.oneof(
  fc.constant({ type: "digested", crc32: "AAAAAA==" } as const),
  fc
    .constantFrom("sending", "proved", "absent", "fetching", "resumed", "recovered", "cancelled")
    .map((type) => ({ type }) as const),
  fc.boolean().map((unsure) => ({ type: "answered", unsure }) as const),
  fc.constant({ type: "renamed", path: "a (2).txt", name: "a (2).txt" } as const),
  fc.constant({ type: "handed", downloadId: 1, url: "blob:1", size: 1 } as const),
  fc.boolean().map((counted) => ({ type: "blocked", error, counted }) as const),
  fc.constant({ type: "gave-up", error } as const),
  fc.constantFrom("replace", "keep-both", undefined).map((ifExists) => ({ type: "retried", ifExists }) as const),
);

const legal: Record<TransferRecord["direction"], TransferState[]> = {
  upload: ["staged", "sending", "waiting", "done", "failed", "cancelled"],
  download: ["staged", "fetching", "saving", "waiting", "done", "failed", "cancelled"],
};

const journeys = fc.tuple(fc.constantFrom("upload", "download"), fc.array(event, { maxLength: 40 }));

function walk(
  [direction, events]: [string, TransferEvent[]],
  step: (from: TransferRecord, event: TransferEvent, to: TransferRecord) => void,
) {
  let record = staged(direction === "upload" ? "upload" : "download");
  for (const next of events) {
    const after = transition(record, next);
    step(record, next, after);
    record = after;
  }
}

describe("transfer states", () => {
  it("no sequence of events leads out of the legal states", () => {
    fc.assert(
      fc.property(journeys, (journey) =>
        walk(journey, (_from, _event, to) => {
          expect(legal[to.direction]).toContain(to.state);
          expect(to.state === "saving").toBe(to.saving !== null);
          if (to.state === "sending") expect(to.crc32).not.toBeNull();
          if (to.direction === "download") expect(to.unsure).toBe(false);
        }),
      ),
      { numRuns: 2000 },
    );
  });

  it("done comes only from proof, and stays", () => {
    fc.assert(
      fc.property(journeys, (journey) =>
        walk(journey, (from, { type }, to) => {
          if (from.state === "done") expect(to).toBe(from);
          else if (to.state === "done") {
            expect(type).toBe("proved");
            expect(from.state === "sending" || from.state === "saving" || from.unsure).toBe(true);
          }
        }),
      ),
      { numRuns: 2000 },
    );
  });

  it("failed and cancelled are final until the person retries", () => {
    fc.assert(
      fc.property(journeys, (journey) =>
        walk(journey, (from, { type }, to) => {
          if (hasEnded(from) && to !== from) {
            expect(type).toBe("retried");
            expect(to.state).toBe("staged");
          }
        }),
      ),
      { numRuns: 2000 },
    );
  });

  it("a PUT whose answer was not seen stays in doubt until S3 was asked", () => {
    fc.assert(
      fc.property(journeys, (journey) =>
        walk(journey, (from, { type }, to) => {
          if (from.state === "sending" && to !== from && type !== "answered" && type !== "proved")
            expect(to.unsure).toBe(true);
          if (from.unsure && !to.unsure) expect(["proved", "absent", "renamed"]).toContain(type);
          if (to.state === "sending") expect(to.unsure).toBe(false);
        }),
      ),
      { numRuns: 2000 },
    );
  });
});
