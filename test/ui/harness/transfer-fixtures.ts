/** Transfers in every state that the pages know. */
import {
  noTransfers,
  type TransfersView,
  type TransferTotals,
  type TransferView,
  transferRows,
} from "../../../src/messaging/view.ts";
import { errors, minutes } from "./fixtures.ts";

export const transfer = (id: string, part: Partial<TransferView>): TransferView => {
  const size = part.size ?? 184_200_440;
  return {
    id,
    direction: "upload",
    name: "video.mp4",
    path: part.name ?? "video.mp4",
    files: 1,
    size,
    sent: 0,
    staged: size,
    state: "running",
    waitsFor: null,
    deduplicated: false,
    speed: null,
    secondsLeft: null,
    error: null,
    startedAt: minutes(1),
    ...part,
  };
};

const among = {
  staging: "active",
  queued: "active",
  running: "active",
  verifying: "active",
  paused: "paused",
  waiting: "waiting",
  done: "done",
  failed: "failed",
  cancelled: "cancelled",
} as const;

/** A view of these transfers, its totals counted; of more than it carries the first. */
export function viewOf(rows: TransferView[], part: Partial<TransferTotals> = {}): TransfersView {
  const totals = { ...noTransfers.totals };
  for (const row of rows) {
    totals[row.error?.code === "file-exists" ? "conflicts" : among[row.state]] += 1;
    if (row.state === "running") totals.running += 1;
    if (row.state === "done" || row.state === "failed" || row.state === "cancelled") continue;
    totals.bytes += row.size;
    totals.sent += row.sent;
  }
  return { rows: rows.slice(0, transferRows), totals: { ...totals, ...part }, problem: null };
}

const moving = [
  transfer("t1", { sent: 114_204_000, speed: 4_130_000, secondsLeft: 17 }),
  transfer("t2", {
    name: "harbour at dawn, the long way round the old pier.jpg",
    path: "captures/2026/harbour at dawn, the long way round the old pier.jpg",
    size: 3_480_112,
    sent: 3_480_112,
    state: "verifying",
  }),
];

export const transfers = viewOf(
  [
    transfer("c1", { name: "report.pdf", size: 1_204_331, state: "failed", error: errors.exists }),
    transfer("w1", {
      name: "archive of the whole last summer, unsorted.zip",
      path: "backups/archive of the whole last summer, unsorted.zip",
      size: 941_000_000,
      sent: 301_989_888,
      staged: 301_989_888,
      state: "waiting",
      waitsFor: "file",
      error: errors.fileNeeded,
    }),
    transfer("f1", { name: "scan.tif", size: 88_000_000, state: "failed", error: errors.unreadable }),
    ...moving,
    transfer("w2", {
      name: "photos.zip",
      path: "photos/",
      direction: "download",
      files: 12,
      size: 48_000_000,
      sent: 16_000_000,
      state: "waiting",
      waitsFor: "network",
      error: errors.offline,
    }),
    transfer("s1", { name: "interview.wav", size: 812_000_000, staged: 402_653_184, state: "staging" }),
    transfer("q1", { name: "notes.md", path: "letters/notes.md", size: 4_120, state: "queued" }),
    transfer("q2", { name: "قائمة المشتريات.txt", size: 812, state: "queued" }),
    transfer("p1", { name: "backup-2026-10-31.tar.gz", size: 48_122_900, sent: 8_388_608, state: "paused" }),
    transfer("d1", { name: "harbour.jpg", direction: "download", size: 3_480_112, sent: 3_480_112, state: "done" }),
    transfer("d2", { name: "budget.csv", size: 19_004, sent: 19_004, state: "done", deduplicated: true }),
    transfer("x1", { name: "draft.docx", size: 88_110, state: "cancelled" }),
  ],
  { speed: 4_130_000, secondsLeft: 190 },
);

/** What one sees most of the time that something moves. */
export const movingTransfers = viewOf(
  [
    ...moving,
    ...Array.from({ length: 12 }, (_, index) =>
      transfer(`m${index}`, { name: `IMG_${2041 + index}.jpg`, size: 3_000_000 + index * 7919, state: "queued" }),
    ),
  ],
  { speed: 4_130_000, secondsLeft: 190 },
);

const manyRows = Array.from({ length: 5000 }, (_, index) =>
  transfer(`n${index}`, {
    name: `IMG_${1000 + index}.jpg`,
    path: `summer/IMG_${1000 + index}.jpg`,
    size: 3_000_000 + ((index * 7919) % 900_000),
    ...(index < 4 ? { sent: 1_100_000, speed: 2_300_000, secondsLeft: 2 } : { state: "queued" }),
  }),
);

export const manyTransfers = viewOf(manyRows, { speed: 9_200_000, secondsLeft: 1900 });

/** Pages of `transfers.list`, one after the other. */
export const manyPages = Array.from({ length: 10 }, (_, page) => ({
  ok: true as const,
  value: { rows: manyRows.slice(page * 500, page * 500 + 500), cursor: page < 9 ? String(page + 1) : null },
}));

export const conflictTransfers = viewOf(
  Array.from({ length: 14 }, (_, index) =>
    transfer(`k${index}`, {
      name: `IMG_${1000 + index}.jpg`,
      path: `summer/IMG_${1000 + index}.jpg`,
      size: 3_100_000,
      state: "failed",
      error: { code: "file-exists", facts: { subs: [`IMG_${1000 + index}.jpg`] } },
    }),
  ),
);
