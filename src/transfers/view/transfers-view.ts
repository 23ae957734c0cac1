import { type TransfersView, type TransferTotals, transferRows } from "../../messaging/view.ts";
import type { WireError } from "../../shared/result.ts";
import { hasEnded } from "../machine.ts";
import { type Meter, secondsFor } from "../queue/progress.ts";
import type { TransferRecord } from "../record.ts";
import { sentOf, toTransferView, viewState, waitsFor } from "./transfer-view.ts";
import { firstInOrder } from "./view-order.ts";

export interface Shown {
  meter(id: string): Meter | undefined;
  /** Milliseconds since the epoch. */
  now: number;
  /** Bytes per second of all; null when unknown. */
  speed: number | null;
  /** Multipart uploads that S3 may still hold and no transfer needs. */
  leftovers: number;
  problem: WireError | null;
}

/** @param records of the shown owner */
export function toTransfersView(records: TransferRecord[], shown: Shown): TransfersView {
  const { meter, now, problem } = shown;
  const first = firstInOrder(records, transferRows);
  return {
    rows: first.map(({ record }) => toTransferView(record, meter(record.id), now)),
    totals: totalsOf(records, shown),
    problem,
  };
}

function totalsOf(records: TransferRecord[], { meter, speed, leftovers }: Shown): TransferTotals {
  const counts = { active: 0, running: 0, paused: 0, waiting: 0, conflicts: 0, failed: 0, done: 0, cancelled: 0 };
  let bytes = 0;
  let sent = 0;
  let left = 0;
  let uncopied = 0;
  const since = beginningOf(records);
  for (const record of records) {
    const state = viewState(record);
    switch (state) {
      case "staging":
      case "queued":
      case "running":
      case "verifying":
        counts.active += 1;
        break;
      case "failed":
        if (record.error?.code === "file-exists") counts.conflicts += 1;
        else counts.failed += 1;
        break;
      default:
        counts[state] += 1;
    }
    if (state === "running" || state === "verifying") counts.running += 1;
    if (state === "done" && (record.ended ?? 0) >= since) {
      bytes += record.size;
      sent += record.size;
    }
    if (hasEnded(record)) continue;
    if (record.kind === "upload" && record.staged < record.size && waitsFor(record) !== "file") uncopied += 1;
    const over = sentOf(record, meter(record.id));
    bytes += record.size;
    sent += over;
    if (state !== "paused" && state !== "waiting") left += record.size - over;
  }
  const moving = counts.running > 0 ? speed : null;
  return { ...counts, bytes, sent, speed: moving, secondsLeft: secondsFor(left, moving), leftovers, uncopied };
}

/** When what is under way began: what was done since then belongs to the same progress, which would fall back without it. */
function beginningOf(records: TransferRecord[]): number {
  let first = Number.POSITIVE_INFINITY;
  for (const record of records) if (!hasEnded(record)) first = Math.min(first, record.created);
  return first;
}
