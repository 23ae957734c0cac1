/** Views in every state that the pages know. Times count from `fixedNow`, so that pictures are the same each time. */

import type { ProfilePreview } from "../../../src/messaging/protocol.ts";
import {
  emptyView,
  type FileRow,
  type ItemRow,
  noTransfers,
  type TransfersView,
  type TransferTotals,
  type TransferView,
  transferRows,
  type View,
} from "../../../src/messaging/view.ts";
import type { WireError } from "../../../src/shared/result.ts";

export const fixedNow = Date.UTC(2026, 10, 3, 9, 41, 0);
const minutes = (count: number) => fixedNow - count * 60_000;

const file = (path: string, size: number, age: number, etag = "9b2cf535f27731c974343645a3985328"): FileRow => ({
  path,
  size,
  modifiedAt: minutes(age),
  etag: `"${etag}"`,
});

export const files: FileRow[] = [
  file("report.pdf", 1_204_331, 2, "0cc175b9c0f1b6a831c399e269772661"),
  file("captures/2026/11/harbour at dawn, the long way round the old pier.jpg", 3_480_112, 34),
  file("قائمة المشتريات.txt", 812, 70),
  file("video.mp4", 184_200_440, 190),
  file("notes.md", 4_120, 60 * 26),
  file("backup-2026-10-31.tar.gz", 48_122_900, 60 * 24 * 3),
  file(
    "Ein sehr langer Dateiname, der an keiner Stelle Rücksicht nimmt (endgültig, Version 7).docx",
    88_110,
    60 * 24 * 9,
  ),
  file("budget.csv", 19_004, 60 * 24 * 20),
  file("soundcheck.flac", 31_003_220, 60 * 24 * 400),
  file("settings.json", 310, 60 * 24 * 500),
  file("LICENSE", 1_071, 60 * 24 * 510),
];

export const items: ItemRow[] = [
  {
    sortKey: "list#groceries",
    attributes: {
      title: { S: "Groceries" },
      done: { BOOL: false },
      entries: { L: [{ S: "bread" }, { S: "olives" }, { M: { name: { S: "tea" }, grams: { N: "250" } } }] },
      rev: { N: "3" },
    },
  },
  { sortKey: "note#2026-11-02", attributes: { text: { S: "Call the harbour office before ten" }, rev: { N: "1" } } },
  {
    sortKey: "measure#pi",
    attributes: { value: { N: "3.1415926535897932384626433832795028841" }, unit: { S: "none" }, rev: { N: "12" } },
  },
  { sortKey: "tags#all", attributes: { names: { SS: ["harbour", "pier", "tide"] }, rev: { N: "2" } } },
  {
    sortKey: "holdall#capture#01JBQ2X8ZC3N4W9E5T7R6Y1KMA",
    attributes: { page: { S: "https://notes.example/harbour" }, bytes: { N: "3480112" }, rev: { N: "1" } },
  },
  { sortKey: "بطاقة#١", attributes: { text: { S: "مرحبا" } } },
];

const profiles = [
  { id: "acme-beta", name: "Acme beta", colour: "#e8590c", issuer: "https://login.acme.example/" },
  { id: "acme", name: "Acme production", colour: "#2b8a3e", issuer: "https://login.acme.example/" },
  {
    id: "home",
    name: "Home: the one with a name that goes on and on",
    colour: "#5f3dc4",
    issuer: "https://id.home.example",
  },
];

export const identity = { id: "auth0|7f3a9c0012", name: "alice" };

export const errors = {
  denied: {
    code: "access-denied",
    facts: {
      subs: ["s3:ListBucket", "acme-beta-data/auth0|7f3a9c0012/"],
      service: "s3",
      awsCode: "AccessDenied",
      status: 403,
      requestId: "4442587FB7D0A2F9",
      detail: "User is not authorized to perform: s3:ListBucket",
    },
  },
  trust: {
    code: "trust-refused",
    facts: {
      subs: ["arn:aws:iam::123456789012:role/holdall-beta-people"],
      service: "sts",
      awsCode: "AccessDenied",
      status: 403,
      requestId: "d3f1c2aa-0b35-4f6f-9f0d-0a7c7a2f5f10",
    },
  },
  issuer: { code: "issuer-unreachable", facts: { subs: ["https://login.acme.example/"], service: "issuer" } },
  exists: { code: "file-exists", facts: { subs: ["report.pdf"] } },
  offline: { code: "offline", facts: {} },
  profile: { code: "profile-not-json", facts: { subs: ["Expected property name at position 2"] } },
  fileNeeded: { code: "file-needed", facts: { subs: ["archive of the whole last summer, unsorted.zip"] } },
  journal: { code: "journal-damaged", facts: {} },
  unreadable: { code: "file-unreadable", facts: { subs: ["scan.tif"] } },
} satisfies Record<string, WireError>;

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

export const signedOut: View = {
  ...emptyView,
  revision: 3,
  profiles,
  activeProfile: "acme-beta",
};

export const signedIn: View = {
  ...signedOut,
  session: { state: "signed-in", identity, expiresAt: minutes(-52), error: null },
  recent: { state: "loaded", loadedAt: minutes(1), files, items, filesError: null, itemsError: null },
};

export const profilePreview: ProfilePreview = {
  id: "acme-beta",
  replaces: true,
  hosts: ["https://login.acme.example/*", "https://*.amazonaws.com/*"],
  foreignSts: null,
  profile: {
    holdall: 1,
    name: "Acme beta",
    colour: "#e8590c",
    issuer: "https://login.acme.example/",
    clientId: "holdall-beta",
    scopes: ["openid", "offline_access"],
    region: "eu-central-1",
    credentials: {
      kind: "webIdentity",
      roleArn: "arn:aws:iam::123456789012:role/holdall-beta-people",
      durationSeconds: 3600,
    },
    table: { name: "acme-beta-items", partitionKey: "pk", sortKey: "sk" },
    bucket: { name: "acme-beta-data", forcePathStyle: false, checksum: "crc32" },
    endpoints: {},
  },
};
