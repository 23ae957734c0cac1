import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CaptureEvent, transition } from "../../src/captures/machine.ts";
import type { CaptureRecord, Described } from "../../src/captures/record.ts";
import { captureKinds } from "../../src/messaging/captures-view.ts";
import { record } from "./records.ts";

const described: Described = {
  ...{ type: "image/png", extension: "png", sha256: "ab", dimensions: null, name: "", missing: 0, size: 3 },
};
const named = { type: "named", described, key: "K", path: "captures/a.png", ifExists: "keep-both" } as const;
const failed: CaptureEvent = {
  ...{ type: "failed", error: { code: "offline", facts: {} }, offers: [], passing: true },
};

function run(start: CaptureRecord, ...events: CaptureEvent[]): CaptureRecord {
  return events.reduce(transition, start);
}

describe("a capture's states", () => {
  test("of somebody who is signed in", () => {
    const stored = run(record(), named, { type: "staged" }, { type: "stored", path: "captures/a (2).png" });
    expect(stored).toMatchObject({ state: "indexing", path: "captures/a (2).png", key: "K" });
  });

  test("of nobody wait with their bytes until somebody takes them over", () => {
    const kept = run(record({ identity: null }), { type: "kept", described });
    expect(kept).toMatchObject({ state: "taken", described, identity: null });
    expect(run(kept, { type: "adopted", identity: "alice" }, named)).toMatchObject({ state: "sending" });
  });

  test("go on where they failed", () => {
    const stopped = run(record(), named, { type: "staged" }, failed);
    expect(stopped).toMatchObject({ state: "failed", before: "uploading", attempts: 1 });
    expect(run(stopped, { type: "retried", allowAddress: false })).toMatchObject({ state: "uploading", error: null });
  });

  test("are taken again when memory is lost", () => {
    expect(run(record(), named, { type: "lost" })).toMatchObject({ state: "asked", path: null, described: null });
  });

  test("become a bookmark while their bytes are not there, and not afterwards", () => {
    expect(run(record(), failed, { type: "linked" })).toMatchObject({
      state: "asked",
      request: { kind: "bookmark" },
    });
    const sent = run(record(), named, { type: "staged" }, failed);
    expect(transition(sent, { type: "linked" })).toBe(sent);
  });
});

const events: fc.Arbitrary<CaptureEvent> = fc.oneof(
  fc.constant({ type: "kept", described } as const),
  fc.constant(named),
  fc.constantFrom({ type: "staged" } as const, { type: "lost" } as const, { type: "linked" } as const),
  fc.constant({ type: "stored", path: "captures/b.png" } as const),
  fc.constant(failed),
  fc.boolean().map((allowAddress) => ({ type: "retried", allowAddress }) as const),
  fc.constantFrom("alice", "bob").map((identity) => ({ type: "adopted", identity }) as const),
  fc.string().map((note) => ({ type: "annotated" as const, tags: [], note })),
);

const starts = fc
  .record({ kind: fc.constantFrom(...captureKinds), identity: fc.constantFrom(null, "alice") })
  .map(({ kind, identity }) => record({ identity, request: { ...record().request, kind } }));

test("whatever happens, a capture keeps its id, its owner and what it needs for its state", () => {
  fc.assert(
    fc.property(starts, fc.array(events, { maxLength: 20 }), (start, list) => {
      let now = start;
      for (const event of list) {
        const next = transition(now, event);
        expect(next.id).toBe(start.id);
        if (now.identity !== null) expect(next.identity).toBe(now.identity);
        const state = next.state === "failed" ? next.before : next.state;
        if (state !== "asked") expect(next.described).not.toBeNull();
        if (state === "sending" || state === "uploading" || state === "indexing") {
          expect([next.key, next.path]).not.toContain(null);
        }
        if (now.state === "failed" && event.type !== "retried" && event.type !== "linked")
          expect(next.state).toBe("failed");
        if (event.type === "annotated" && state === "indexing") expect(next).toBe(now);
        now = next;
      }
    }),
  );
});
