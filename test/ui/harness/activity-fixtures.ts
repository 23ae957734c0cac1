/** Requests of an ordinary morning, with what can go wrong. */
import type { ActivityEntry, ActivityService } from "../../../src/shared/activity.ts";
import { fixedNow } from "./fixtures.ts";

const hosts: Record<ActivityService, string> = {
  issuer: "login.acme.example",
  sts: "sts.eu-central-1.amazonaws.com",
  "cognito-identity": "cognito-identity.eu-central-1.amazonaws.com",
  s3: "acme-beta-files.s3.eu-central-1.amazonaws.com",
  dynamodb: "dynamodb.eu-central-1.amazonaws.com",
  directory: "roles.acme.example:8443",
  "page-source": "static.harbour-notes.example",
  "profile-link": "acme.example",
  other: "proxy.example",
};

/** @param ago seconds before the fixtures' now */
export function entry(
  n: number,
  ago: number,
  service: ActivityService,
  action: string,
  change: Partial<ActivityEntry> = {},
): ActivityEntry {
  const aws = service === "s3" || service === "dynamodb" || service === "sts";
  return {
    ...{ n, at: fixedNow - ago * 1000, service, action, host: hosts[service] },
    ...{ profile: aws ? "acme-beta" : null, status: 200, error: null, ms: 20 + ((n * 37) % 90), sent: 0 },
    ...{
      received: 1000 + ((n * 7919) % 9000),
      requestId: aws ? `ZX${(n * 7919 + 1e6).toString(36).toUpperCase()}G7D1` : null,
    },
    ...change,
  };
}

const gone = { status: null, sent: null, received: null, requestId: null };

export const activity: ActivityEntry[] = [
  entry(1, 86_400 + 900, "profile-link", "fetch", { received: 1412 }),
  entry(2, 640, "issuer", "discovery", { received: 3120 }),
  entry(3, 640, "issuer", "authorize", { status: null, ms: 18_400, sent: null, received: null }),
  entry(4, 620, "issuer", "token", { sent: 512, received: 2904, ms: 184 }),
  entry(5, 620, "issuer", "keys", { received: 1604 }),
  entry(6, 619, "sts", "AssumeRoleWithWebIdentity", { sent: 2210, received: 1893, ms: 142 }),
  entry(7, 618, "dynamodb", "Query", { sent: 260, received: 48_210 }),
  entry(8, 618, "s3", "ListObjectsV2", { received: 12_004 }),
  entry(9, 500, "s3", "PutObject", { ...gone, error: "offline", ms: 3 }),
  entry(10, 480, "s3", "PutObject", { sent: 1_204_331, received: 0, ms: 913 }),
  entry(11, 470, "s3", "PutObject", { status: 412, sent: 4120, received: 310 }),
  entry(12, 400, "directory", "roles", { received: 640 }),
  entry(13, 320, "page-source", "fetch", { received: 3_480_112, ms: 1240 }),
  entry(14, 319, "dynamodb", "PutItem", { sent: 802, received: 2 }),
  entry(15, 306, "s3", "CreateMultipartUpload", { received: 402 }),
  ...[16, 17, 18, 19].map((n) => entry(n, 320 - n, "s3", "UploadPart", { sent: 8_388_608, received: 0, ms: 2050 + n })),
  entry(20, 292, "s3", "UploadPart", { ...gone, error: "stalled", ms: 30_004 }),
  entry(21, 260, "s3", "UploadPart", { ...gone, error: "cancelled", ms: 812 }),
  entry(22, 255, "s3", "UploadPart", { status: 503, sent: 8_388_608, received: 240, ms: 122 }),
  entry(23, 250, "s3", "UploadPart", { sent: 8_388_608, received: 0, ms: 1980 }),
  entry(24, 240, "s3", "CompleteMultipartUpload", { sent: 1880, received: 520, ms: 640 }),
  entry(25, 120, "s3", "HeadObject", { status: 403, received: 0 }),
  entry(26, 60, "dynamodb", "Query", { status: 400, sent: 260, received: 120 }),
  entry(27, 20, "page-source", "fetch in page", { status: null, received: 88_110, sent: 0 }),
  entry(28, 5, "s3", "DeleteObject", { status: 403, received: 412 }),
];

/** As many as are kept. */
export const manyEntries: ActivityEntry[] = Array.from({ length: 1950 }, (_, index) =>
  entry(4051 + index, 1950 - index, "s3", index % 10 === 9 ? "GetObject" : "UploadPart", {
    sent: 8_388_608,
    received: 0,
  }),
);

export const listed = (entries: ActivityEntry[], dropped = 0) =>
  ({ ok: true, value: { entries, dropped, newest: entries.at(-1)?.n ?? 0 } }) as const;
