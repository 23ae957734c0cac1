/** Views in every state that the pages know. Times count from `fixedNow`, so that pictures are the same each time. */

import { type CaptureSettings, defaultCaptureSettings } from "../../../src/messaging/captures-view.ts";
import type { ProfilePreview } from "../../../src/messaging/profiles-protocol.ts";
import { emptyView, type FileRow, type ItemRow, type View } from "../../../src/messaging/view.ts";
import type { WireError } from "../../../src/shared/result.ts";

export const fixedNow = Date.UTC(2026, 10, 3, 9, 41, 0);
export const minutes = (count: number) => fixedNow - count * 60_000;

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
    holdall: 2,
    name: "Acme beta",
    colour: "#e8590c",
    issuer: "https://login.acme.example/",
    clientId: "holdall-beta",
    scopes: ["openid", "offline_access"],
    region: "eu-central-1",
    credentials: {
      kind: "webIdentity",
      role: { kind: "fixed", arn: "arn:aws:iam::123456789012:role/holdall-beta-people" },
      durationSeconds: 3600,
    },
    table: { name: "acme-beta-items", partitionKey: "pk", sortKey: "sk" },
    bucket: { name: "acme-beta-data", forcePathStyle: false, checksum: "crc32" },
    endpoints: {},
  },
};

export const captureRules: CaptureSettings = {
  ...defaultCaptureSettings,
  rules: [
    {
      id: "01ARYZ6S41TSV4RRFFQ69G5FA1",
      site: "*.example.com",
      kinds: ["image", "page"],
      template: "walks/<yyyy>/<title|name:40>-<id:4>",
      ifExists: "keep-both",
    },
    {
      id: "01ARYZ6S41TSV4RRFFQ69G5FA2",
      site: "",
      kinds: ["selection"],
      template: "notes/<date> <title>",
      ifExists: "ask",
    },
    {
      id: "01ARYZ6S41TSV4RRFFQ69G5FA3",
      site: "a-host-with-a-rather-long-name.of-a-department.museum.example.org",
      kinds: [],
      template: "captures/<site>/<kind>/<local-date>/<counter:4> <name|title>",
      ifExists: "replace",
    },
  ],
};
