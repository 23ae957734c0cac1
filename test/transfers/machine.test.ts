import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasEnded, type TransferEvent, transition } from "../../src/transfers/machine.ts";
import { isStaged, type TransferRecord, type TransferState } from "../../src/transfers/record.ts";
import { recordOf } from "./support/record-of.ts";

const error = { code: "unreachable", facts: {} } as const;
const needed = { code: "file-needed", facts: {} } as const;
const size = 30;
const segmentSize = 10;

type Kind = TransferRecord["kind"];

function begun(kind: Kind, partSize: number): TransferRecord {
  const upload = kind === "upload";
  const cut = { size: upload ? size : 0, staged: 0, segmentSize, partSize: upload ? partSize : 0 };
  return recordOf("01", { kind, ...cut, state: upload ? "staging" : "queued" });
}

const plain = [
  ...(["made-live", "provided", "started", "committing", "proved", "absent", "refetched", "resumed"] as const),
  ...(["recovered", "paused", "unpaused", "cancelled"] as const),
];

/** More often than the rest, so that journeys get far. */
const onwards: fc.Arbitrary<TransferEvent> = fc.constantFrom<TransferEvent>(
  { type: "staged", bytes: size },
  { type: "started" },
  { type: "digested", crc32: "AAAAAA==", fingerprint: null },
  { type: "committing" },
  { type: "unpaused" },
  { type: "resumed" },
  { type: "retried" },
  { type: "handing", url: "blob:1" },
);

const event: fc.Arbitrary<TransferEvent> = fc.oneof(
  { arbitrary: onwards, weight: 14 },
  fc.constantFrom(...plain).map((type) => ({ type })),
  fc.constantFrom(0, 10, 20, 30).map((bytes) => ({ type: "staged", bytes }) as const),
  fc.constant({ type: "source-lost", error: needed } as const),
  fc.constant({ type: "digested", crc32: "AAAAAA==", fingerprint: null } as const),
  fc.boolean().map((unsure) => ({ type: "answered", unsure }) as const),
  fc.constant({ type: "renamed", path: "a (2).txt", name: "a (2).txt" } as const),
  fc.nat(30).map((bytes) => ({ type: "fetched", bytes, size, etag: '"e"' }) as const),
  fc.constant({ type: "handing", url: "blob:1" } as const),
  fc.constant({ type: "handed", downloadId: 1 } as const),
  fc.boolean().map((counted) => ({ type: "blocked", error, counted }) as const),
  fc.nat(9).map((rank) => ({ type: "moved", rank }) as const),
  fc.constantFrom(error, { code: "file-unreadable", facts: {} } as const).map((why) => {
    return { type: "gave-up", error: why } as const;
  }),
  fc.constantFrom("replace", "keep-both", undefined).map((ifExists) => ({ type: "retried", ifExists }) as const),
);

const journeys = fc.tuple(
  fc.constantFrom<Kind>("upload", "download", "archive"),
  fc.constantFrom(0, 5),
  fc.array(event, { maxLength: 60 }),
);

function walk(
  [kind, partSize, events]: [Kind, number, TransferEvent[]],
  step: (from: TransferRecord, event: TransferEvent, to: TransferRecord) => void,
) {
  let record = begun(kind, partSize);
  for (const next of events) {
    const after = transition(record, next);
    step(record, next, after);
    record = after;
  }
}

function always(step: (from: TransferRecord, event: TransferEvent, to: TransferRecord) => void) {
  fc.assert(
    fc.property(journeys, (journey) => walk(journey, step)),
    { numRuns: 3000 },
  );
}

const common = ["queued", "paused", "waiting", "done", "failed", "cancelled"] as const;
const legal: Record<Kind, readonly TransferState[]> = {
  upload: [...common, "staging", "uploading", "verifying"],
  download: [...common, "fetching", "saving"],
  archive: [...common, "fetching", "saving"],
};
const busy: readonly TransferState[] = ["uploading", "verifying", "fetching", "saving"];

describe("no sequence of events", () => {
  it("leads out of the legal states", () => {
    always((_from, _event, to) => {
      expect(legal[to.kind]).toContain(to.state);
      expect(to.state === "saving").toBe(to.saving !== null);
      if (to.kind !== "upload") expect([to.unsure, to.live]).toEqual([false, false]);
      if (to.state === "verifying") expect([to.unsure, to.partSize > 0]).toEqual([true, true]);
    });
  });

  it("changes whose it is, or what it was begun as", () => {
    always((from, _event, to) => {
      expect(to.owner).toBe(from.owner);
      expect([to.id, to.kind, to.partSize, to.segmentSize]).toEqual([from.id, from.kind, from.partSize, segmentSize]);
    });
  });

  it("makes it done but by proof, and done stays", () => {
    always((from, { type }, to) => {
      if (from.state === "done") expect(to).toBe(from);
      else if (to.state === "done") {
        expect(type).toBe("proved");
        expect(busy).toContain(from.state);
        expect([to.unsure, to.error]).toEqual([false, null]);
      }
    });
  });

  it("wakes what failed or was cancelled but the person's retry", () => {
    always((from, { type }, to) => {
      if (!hasEnded(from) || to.state === from.state) return;
      expect(type).toBe("retried");
      expect(["queued", "staging"]).toContain(to.state);
    });
  });

  it("lets go of the doubt about a PUT that went out but S3's word", () => {
    always((from, { type }, to) => {
      if (from.unsure && !to.unsure) expect(["proved", "absent", "renamed", "answered"]).toContain(type);
      // A second PUT would be a second version.
      if (type === "committing" && to !== from && to.partSize === 0) expect(from.unsure).toBe(false);
      if (type === "committing" && to !== from) expect([to.unsure, to.crc32 !== null]).toEqual([true, true]);
    });
  });

  it("loses bytes of the journal but where they count for nothing", () => {
    always((from, { type }, to) => {
      if (to.staged < from.staged) expect(["refetched", "retried"]).toContain(type);
    });
  });

  it("stops the copying of a source: it goes on in every state but done and cancelled", () => {
    always((from) => {
      if (from.kind !== "upload" || from.state === "done" || from.state === "cancelled") return;
      const more = transition(from, { type: "staged", bytes: size });
      expect(more.staged).toBe(size);
      if (from.state !== "staging") expect(more.state).toBe(from.state);
      else expect(more.state).toBe("queued");
    });
  });

  it("queues an upload of which nothing can be sent", () => {
    always((_from, _event, to) => {
      if (to.kind === "upload" && to.state === "queued") expect(to.live || to.staged >= segmentSize).toBe(true);
    });
  });

  it("lets anything but the file wake what waits for it", () => {
    always((from, { type }, to) => {
      if (from.state !== "waiting" || from.error !== needed || to.state === "waiting") return;
      expect(["provided", "gave-up", "cancelled"]).toContain(type);
    });
  });

  it("runs what is paused", () => {
    always((from, { type }, to) => {
      if (from.state !== "paused" || to.state === "paused") return;
      expect(["unpaused", "gave-up", "cancelled", "source-lost"]).toContain(type);
      expect(busy).not.toContain(to.state);
    });
  });
});

const follow = (record: TransferRecord, ...events: TransferEvent[]) => events.reduce(transition, record);

it("a PUT in doubt is not sent a second time before S3 was asked", () => {
  const doubtful = recordOf("01", { state: "uploading", crc32: "AAAAAA==", unsure: true });
  expect(follow(doubtful, { type: "committing" })).toBe(doubtful);
  expect(follow(doubtful, { type: "absent" }, { type: "committing" })).toMatchObject({ unsure: true });
  // An upload of several parts is completed once, however often it is asked for.
  expect(follow({ ...doubtful, partSize: 1 }, { type: "committing" })).toMatchObject({ state: "verifying" });
});

describe("a restart", () => {
  const uploading = recordOf("01", { state: "uploading", crc32: "AAAAAA==" });

  it("leaves a PUT that went out in doubt, and one that did not without", () => {
    expect(follow(uploading, { type: "recovered" })).toMatchObject({ state: "queued", unsure: false });
    expect(follow(uploading, { type: "committing" }, { type: "recovered" })).toMatchObject({
      state: "queued",
      unsure: true,
    });
  });

  it("leaves several parts without doubt until they are completed", () => {
    const parts = { ...uploading, partSize: 1 };
    expect(follow(parts, { type: "recovered" })).toMatchObject({ state: "queued", unsure: false });
    expect(follow(parts, { type: "committing" })).toMatchObject({ state: "verifying" });
    expect(follow(parts, { type: "committing" }, { type: "recovered" })).toMatchObject({ unsure: true });
  });

  it("leaves alone what the browser saves", () => {
    const saving = recordOf("01", { kind: "download", state: "saving", saving: { url: "blob:1", downloadId: null } });
    expect(follow(saving, { type: "recovered" })).toBe(saving);
    expect(follow(saving, { type: "started" })).toMatchObject({ state: "fetching", saving: null });
  });
});

describe("retry", () => {
  it("of a cancelled upload has to copy it anew, of a failed one keeps its bytes", () => {
    const bytes = { crc32: "AAAAAA==", staged: 3, ended: 5 };
    expect(follow(recordOf("01", { state: "cancelled", ...bytes }), { type: "retried" })).toMatchObject({
      ...{ state: "staging", staged: 0, crc32: null, ended: null },
    });
    expect(follow(recordOf("01", { state: "failed", error, ...bytes }), { type: "retried" })).toMatchObject({
      ...{ state: "queued", staged: 3, crc32: "AAAAAA==", error: null },
    });
  });

  it("keeps nothing of a source that changed while it was read", () => {
    const failed = recordOf("01", {
      state: "failed",
      size: 30,
      staged: 10,
      error: { code: "file-unreadable", facts: {} },
    });
    expect(follow(failed, { type: "retried" })).toMatchObject({ state: "staging", staged: 0 });
  });
});

it("knows when all bytes are in the journal", () => {
  expect(isStaged(recordOf("01"))).toBe(true);
  expect(isStaged(recordOf("01", { staged: 2 }))).toBe(false);
  expect(isStaged(recordOf("01", { live: true }))).toBe(false);
  expect(isStaged(recordOf("01", { kind: "download", staged: 0 }))).toBe(true);
});
