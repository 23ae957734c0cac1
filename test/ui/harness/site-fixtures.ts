/** Connected sites in every state that the pages know. */
import type { ConsentView, LedgerRow, SiteDay, SiteRow } from "../../../src/messaging/sites-view.ts";
import { defaultLimits, type SiteGrant } from "../../../src/shared/site/site-grant.ts";
import { fixedNow, identity, minutes } from "./fixtures.ts";

export const notesOrigin = "https://notes.example";
const day = 24 * 60;

export const grant = (part: Partial<SiteGrant> = {}): SiteGrant => ({
  origin: notesOrigin,
  files: "read",
  items: "write",
  folder: null,
  ownItems: false,
  until: minutes(-20 * day),
  paused: false,
  limits: defaultLimits,
  grantedAt: minutes(10 * day),
  ...part,
});

export const consentView = (part: Partial<ConsentView> = {}): ConsentView => ({
  id: "c1",
  origin: notesOrigin,
  unicodeHost: null,
  lookAlike: false,
  title: "Harbour notes",
  wish: {
    files: "none",
    items: "write",
    folder: null,
    ownItems: false,
    reason: "Your notes are kept in your own storage, and are on all of your devices.",
  },
  declared: true,
  present: null,
  identity,
  profile: { id: "acme-beta", name: "Acme beta", colour: "#e8590c" },
  wall: "session",
  area: "apps/https_notes.example/",
  ...part,
});

const quiet: Omit<SiteDay, "day"> = {
  requests: 0,
  written: 0,
  read: 0,
  s3Writes: 0,
  s3Reads: 0,
  itemWriteUnits: 0,
  itemReadUnits: 0,
  refused: 0,
};

/** Newest first; some days without use are not there. */
const days: SiteDay[] = Array.from({ length: 24 }, (_, back) => {
  const requests = back % 6 === 5 ? 0 : 40 + ((back * 7919) % 900);
  return {
    ...quiet,
    day: new Date(fixedNow - back * day * 60_000).toISOString().slice(0, 10),
    requests,
    written: requests * 1900,
    read: requests * 31_000,
    s3Writes: Math.round(requests / 9),
    s3Reads: Math.round(requests / 3),
    itemWriteUnits: requests * 2,
    itemReadUnits: requests * 5,
    refused: back === 3 ? 12 : 0,
  };
}).filter(({ requests }) => requests > 0);

export const siteRow = (part: Partial<SiteRow> = {}): SiteRow => ({
  grant: grant(),
  state: "active",
  permitted: true,
  lastAccess: minutes(4),
  days,
  ...part,
});

const longOrigin = "https://a-host-with-a-rather-long-name.of-a-department.of-a-museum.with-branches.example.org:8443";

/** One in each state. */
export const siteRows: SiteRow[] = [
  siteRow(),
  siteRow({
    grant: grant({ origin: "http://127.0.0.1:8080", files: "write", items: "none", folder: "photos/" }),
    days: days.slice(0, 3),
    lastAccess: minutes(95),
  }),
  siteRow({
    grant: grant({ origin: "https://photos.example", paused: true, files: "write", items: "write" }),
    state: "paused",
    days: days.slice(2, 9),
    lastAccess: minutes(2 * day),
  }),
  siteRow({
    grant: grant({ origin: longOrigin, until: minutes(3 * day), files: "read", items: "none" }),
    state: "expired",
    days: [],
    lastAccess: null,
  }),
  siteRow({
    grant: grant({ origin: "https://lists.example", until: null, ownItems: true }),
    permitted: false,
    days: days.slice(4, 12),
    lastAccess: minutes(4 * day),
  }),
];

const entry = (id: string, part: Partial<LedgerRow>): LedgerRow => ({
  id,
  origin: notesOrigin,
  at: minutes(4),
  method: "items.put",
  name: "note#2026-11-02",
  size: 812,
  outcome: "done",
  undo: "possible",
  ...part,
});

export const ledgerRows: LedgerRow[] = [
  entry("l1", {}),
  entry("l2", { method: "items.query", name: "note#", size: 21_400, undo: "not-a-write", at: minutes(5) }),
  entry("l3", {
    method: "files.put",
    name: "pictures/harbour at dawn, the long way round the old pier.jpg",
    size: 3_480_112,
    undo: "possible",
    at: minutes(34),
  }),
  entry("l4", {
    method: "files.delete",
    name: "pictures/blurred.jpg",
    size: null,
    undo: "no-versions",
    at: minutes(35),
  }),
  entry("l5", {
    method: "files.get",
    name: "../secret.txt",
    size: null,
    outcome: "refused",
    undo: "not-a-write",
    at: minutes(60),
  }),
  entry("l6", { method: "items.update", name: "list#groceries", undo: "undone", at: minutes(70) }),
  entry("l7", { method: "items.delete", name: "بطاقة#١", size: null, undo: "too-old", at: minutes(day) }),
  entry("l8", { method: "files.list", name: "", size: 4100, undo: "not-a-write", at: minutes(2 * day) }),
  entry("l9", {
    method: "items.put",
    name: "measure#pi",
    outcome: "failed",
    undo: "not-a-write",
    at: minutes(3 * day),
  }),
];
