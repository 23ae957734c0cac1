import "./fake-extension.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { TransferView } from "../../src/messaging/view.ts";
import { noTransfers } from "../../src/messaging/view.ts";
import { timeLeft } from "../../src/ui/format/duration.ts";
import { hasStrip, stripRows } from "../../src/ui/transfers/strip-content.ts";
import { transferNumbers, transferStatus } from "../../src/ui/transfers/transfer-status.ts";
import { errors } from "./harness/fixtures.ts";
import { movingTransfers, transfer, transfers, viewOf } from "./harness/transfer-fixtures.ts";

test.each([
  [0, "left_seconds 1"],
  [17.2, "left_seconds 18"],
  [59.6, "left_minutes 1"],
  [61, "left_minutes 2"],
  [3540, "left_minutes 59"],
  [3541, "left_hours 1"],
  [7800, "left_hours_minutes 2 10"],
  [200_000, "left_days 3"],
])("%d s is %s", (seconds, text) => {
  expect(timeLeft(seconds)).toBe(text);
});

test("more time is never said in fewer words of time", () => {
  const inSeconds = (text: string) => {
    const [unit, ...numbers] = text.split(" ");
    const [first = 0, second = 0] = numbers.map(Number);
    const each = { left_seconds: 1, left_minutes: 60, left_hours: 3600, left_hours_minutes: 3600, left_days: 86_400 };
    return first * (each[unit as keyof typeof each] ?? Number.NaN) + second * 60;
  };
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (seconds) => {
      const told = inSeconds(timeLeft(seconds));
      expect(told).toBeGreaterThanOrEqual(Math.floor(seconds));
      expect(told).toBeLessThanOrEqual(seconds + Math.max(60, seconds > 172_000 ? 90_000 : 60));
    }),
  );
});

const words: [Partial<TransferView>, string][] = [
  [{ state: "staging" }, "transfer_staging"],
  [{ state: "running", direction: "download" }, "transfer_fetching"],
  [{ state: "verifying" }, "transfer_verifying"],
  [{ state: "waiting", waitsFor: "sign-in", error: errors.offline }, "transfer_waits_sign_in"],
  [{ state: "waiting", error: errors.offline }, "error_offline"],
  [{ state: "done", deduplicated: true }, "transfer_deduplicated"],
  [{ state: "failed", error: errors.unreadable }, "error_file_unreadable scan.tif"],
];

test.each(words)("%j says %s", (part, text) => {
  expect(transferStatus(transfer("t", part))).toBe(text);
});

test("numbers: what is unknown is not said", () => {
  const moving = { size: 2_000_000, sent: 500_000 };
  expect(transferNumbers(transfer("t", { ...moving, speed: 1000, secondsLeft: 9 }))).toBe(
    "share_of 500 kB 2 MB · 1 kB/s · left_seconds 9",
  );
  expect(transferNumbers(transfer("t", moving))).toBe("share_of 500 kB 2 MB");
  expect(transferNumbers(transfer("t", { size: 2_000_000, state: "queued" }))).toBe("2 MB");
});

test("the strip shows one that needs the person, then what moves; nothing when nothing is to tell", () => {
  expect(stripRows(transfers).map(({ id }) => id)).toEqual(["w1", "t1"]);
  expect(stripRows(movingTransfers).map(({ id }) => id)).toEqual(["t1", "t2"]);
  expect(hasStrip(noTransfers)).toBe(false);
  expect(hasStrip(viewOf([transfer("x", { state: "cancelled" })]))).toBe(false);
  expect(hasStrip(viewOf([transfer("d", { state: "done" })]))).toBe(true);
});
