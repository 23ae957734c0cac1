import { describe, expect, test } from "vitest";
import { badgeOf } from "../../src/background/badge.ts";
import { noTransfers, type TransfersView, type TransferView } from "../../src/messaging/view.ts";

const withTotals = (totals: Partial<TransfersView["totals"]>, rows: TransferView[] = []): TransfersView => ({
  ...noTransfers,
  rows,
  totals: { ...noTransfers.totals, ...totals },
});

const waitingFor = (waitsFor: TransferView["waitsFor"]): TransferView => ({
  id: "1",
  direction: "upload",
  name: "a",
  path: "a",
  files: 1,
  size: 1,
  sent: 0,
  staged: 1,
  state: "waiting",
  waitsFor,
  deduplicated: false,
  speed: null,
  secondsLeft: null,
  error: null,
  startedAt: 0,
});

describe("the badge on the toolbar button", () => {
  test("nothing when nothing moves", () => {
    expect(badgeOf(noTransfers).text).toBe("");
    expect(badgeOf(withTotals({ done: 3, cancelled: 1, paused: 2 })).text).toBe("");
  });

  test("the share of the bytes while something moves, and 100 % never before it is done", () => {
    expect(badgeOf(withTotals({ active: 2, bytes: 1000, sent: 429 })).text).toBe("42%");
    expect(badgeOf(withTotals({ active: 1, bytes: 1000, sent: 1000 })).text).toBe("99%");
    expect(badgeOf(withTotals({ active: 1, bytes: 0, sent: 0 })).text).toBe("0%");
  });

  test("a mark when only the person can help", () => {
    expect(badgeOf(withTotals({ conflicts: 1 })).text).toBe("!");
    expect(badgeOf(withTotals({ failed: 1 })).text).toBe("!");
    for (const why of ["sign-in", "file", "permission"] as const) {
      expect(badgeOf(withTotals({ waiting: 1 }, [waitingFor(why)])).text).toBe("!");
    }
    expect(badgeOf(withTotals({ waiting: 1 }, [waitingFor("network")])).text).toBe("");
  });

  test("what moves is shown before what asks", () => {
    expect(badgeOf(withTotals({ active: 1, failed: 1, bytes: 2, sent: 1 })).text).toBe("50%");
  });
});
