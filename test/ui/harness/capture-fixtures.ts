/** Captures in every kind, for pictures and tests. */
import { crc32, deflateSync } from "node:zlib";
import type { CaptureFacets, CaptureRow, CapturesView, PendingCapture } from "../../../src/messaging/captures-view.ts";
import { minutes } from "./fixtures.ts";

/** A ULID-like id that sorts as captures do: the newest has the highest. */
const idOf = (index: number) => `01JBQ2X8ZC3N4W9E5T${String(99_999_999 - index).padStart(8, "0")}`;

const base: CaptureRow = {
  id: "",
  kind: "image",
  url: "https://pictures.example/2026/harbour-at-dawn.jpg",
  page: "https://notes.example/harbour",
  site: "notes.example",
  title: "Harbour at dawn",
  path: "captures/2026/11/harbour-at-dawn.jpg",
  type: "image/jpeg",
  size: 3_480_112,
  sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  dimensions: { width: 3000, height: 2000 },
  tags: ["harbour", "tide"],
  note: "",
  at: minutes(3),
  missing: 0,
  rev: 1,
};

const kinds: (Partial<CaptureRow> & { age: number })[] = [
  { age: 3, note: "For the article about the old pier." },
  {
    age: 14,
    kind: "page",
    title: "How the tide tables are made, and why they are wrong on Tuesdays - Notes from the shore",
    url: "https://notes.example/harbour",
    type: "multipart/related",
    path: "captures/2026/11/how-the-tide-tables-are-made.mhtml",
    size: 1_902_441,
    dimensions: null,
    tags: ["tide"],
    missing: 3,
  },
  {
    age: 41,
    kind: "screenshot",
    title: "Timetable of the ferries",
    site: "ferries.example",
    page: "https://ferries.example/winter?line=4",
    url: "https://ferries.example/winter?line=4",
    type: "image/png",
    path: "captures/2026/11/timetable-of-the-ferries.png",
    size: 412_008,
    dimensions: { width: 1280, height: 900 },
    tags: [],
  },
  {
    age: 95,
    kind: "selection",
    title: "Call the harbour office",
    type: "text/markdown",
    path: "captures/2026/11/call-the-harbour-office.md",
    size: 1204,
    dimensions: null,
    tags: ["to do"],
  },
  {
    age: 240,
    kind: "video",
    title: "Storm at the pier",
    site: "video.example",
    page: "https://video.example/watch/71",
    url: "https://media.video.example/71/storm.webm",
    type: "video/webm",
    path: "captures/2026/11/storm.webm",
    size: 48_200_440,
    dimensions: { width: 1920, height: 1080 },
    tags: ["harbour", "storm"],
  },
  {
    age: 60 * 20,
    kind: "bookmark",
    title: "قائمة المشتريات",
    site: "سوق.example",
    page: "https://xn--mgb9awbf.example/",
    url: "https://xn--mgb9awbf.example/list",
    type: "application/x-mswinurl",
    path: "captures/2026/11/list.url",
    size: 96,
    dimensions: null,
    tags: [],
  },
  {
    age: 60 * 22,
    kind: "audio",
    title: "Foghorn",
    site: "sounds.example",
    page: "https://sounds.example/foghorn",
    url: "https://sounds.example/foghorn.ogg",
    type: "audio/ogg",
    path: "captures/2026/11/foghorn.ogg",
    size: 803_220,
    dimensions: null,
    tags: ["harbour"],
  },
  {
    age: 60 * 23,
    kind: "link",
    title: "",
    url: "https://archive.example/reports/2025%20annual%20report%20(final).pdf",
    type: "application/pdf",
    path: "captures/2026/11/2025 annual report (final).pdf",
    size: 2_204_331,
    dimensions: null,
    tags: [],
  },
  {
    age: 60 * 25,
    kind: "page-screenshot",
    title: "Winter fares",
    site: "ferries.example",
    page: "https://ferries.example/fares",
    url: "https://ferries.example/fares",
    type: "image/png",
    path: "captures/2026/11/winter-fares.png",
    size: 1_880_008,
    dimensions: { width: 1280, height: 6400 },
    tags: ["ferry"],
  },
  { age: 60 * 26, title: "Old pier, 1911", url: "https://pictures.example/pier.png", type: "image/png" },
];

/** So many captures, newest first, of all kinds in turn and older and older. */
export function captureRows(many: number): CaptureRow[] {
  return Array.from({ length: many }, (_, index) => {
    const { age, ...rest } = kinds[index % kinds.length] ?? { age: 0 };
    const round = Math.floor(index / kinds.length);
    return { ...base, ...rest, id: idOf(index), at: minutes(age + round * 60 * 24 * 3) };
  });
}

export const captures = captureRows(kinds.length * 3);

export const captureFacets: CaptureFacets = {
  sites: [
    ["notes.example", 812],
    ["ferries.example", 301],
    ["video.example", 90],
    ["a-site-with-a-name-that-goes-on-and-on.example", 1],
  ],
  tags: [
    ["harbour", 402],
    ["tide", 120],
    ["to do", 31],
    ["storm", 7],
  ],
  kinds: [
    ["image", 702],
    ["page", 301],
    ["screenshot", 201],
  ],
  total: 1204,
  syncing: false,
};

const under: PendingCapture = {
  id: "p1",
  kind: "image",
  url: "https://pictures.example/a/lighthouse.png",
  page: "https://notes.example/lights",
  site: "notes.example",
  title: "Lighthouse, from the sea",
  at: minutes(0),
  state: "taking",
  received: 1_400_000,
  total: 3_000_000,
  error: null,
  offers: [],
  tags: [],
  note: "",
};

export const pendingCaptures: CapturesView = {
  pending: [
    under,
    { ...under, id: "p2", kind: "page", title: "Notes from the shore", state: "sending", received: 5, total: 5 },
    {
      ...under,
      id: "p3",
      title: "The harbour master's own picture of the storm that went on for eleven days and nights",
      state: "failed",
      error: { code: "permission-needed", facts: { subs: ["pictures.example"] } },
      offers: ["allow-host", "save-link"],
    },
    {
      ...under,
      id: "p4",
      title: "Router",
      url: "http://192.168.1.1/map.png",
      state: "failed",
      error: { code: "capture-blocked", facts: { subs: ["192.168.1.1"] } },
      offers: ["allow-address", "save-link"],
    },
    {
      ...under,
      id: "p5",
      kind: "video",
      title: "",
      url: "https://media.video.example/72/calm.webm",
      state: "failed",
      error: { code: "capture-unfetchable", facts: { subs: ["https://media.video.example/72/calm.webm", "404"] } },
      offers: ["retry", "save-link"],
    },
  ],
  unclaimed: 3,
  problem: null,
};

/** Something to look at, as a PNG in a `data:` address: sky, sun and sea in changing light. */
function pictureOf(index: number, width = 120, height = 84): string {
  const hue = index * 0.82 + 3.5;
  const tone = (turn: number, light: number) =>
    [0, 2.1, 4.2].map((shift) => Math.round(255 * Math.min(1, light * (0.72 + 0.28 * Math.cos(hue + turn + shift)))));
  const sun = { x: width * (0.2 + ((index * 0.37) % 0.6)), y: height * (0.25 + ((index * 0.13) % 0.3)), r: height / 9 };
  const rows = Array.from({ length: height }, (_, y) => {
    const line = [0];
    for (let x = 0; x < width; x += 1) {
      const sea = y > height * (0.7 + 0.05 * Math.sin((x / width) * 7 + index));
      const inSun = Math.hypot(x - sun.x, y - sun.y) < sun.r;
      line.push(
        ...(sea ? tone(0, 0.32) : inSun ? tone(1.2, 1.25) : tone(0.8 * (y / height), 0.55 + 0.5 * (y / height))),
      );
    }
    return line;
  });
  return `data:image/png;base64,${png(width, height, Uint8Array.from(rows.flat())).toString("base64")}`;
}

/** A PNG of 8-bit RGB lines, each after its filter byte. */
function png(width: number, height: number, lines: Uint8Array): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head.set([8, 2], 8);
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([start, chunk("IHDR", head), chunk("IDAT", deflateSync(lines)), chunk("IEND", Buffer.alloc(0))]);
}

const text =
  "# Call the harbour office\n\n- before **ten**, they close for the tide\n- ask for the [winter fares](https://ferries.example/fares)\n\n> The old pier stays shut until the storm is over.\n";
const textBytes = `data:text/markdown;base64,${Buffer.from(text).toString("base64")}`;

export const captureAnswers = {
  "captures.list": { ok: true, value: { rows: captures, cursor: null } },
  "captures.facets": { ok: true, value: captureFacets },
  "captures.thumbnail": Array.from({ length: 24 }, (_, index) => ({
    ok: true as const,
    value: { image: pictureOf(index) },
  })),
  "captures.read": { ok: true, value: { bytes: pictureOf(0, 480, 320) } },
} as const;

export const textRead = { "captures.read": { ok: true, value: { bytes: textBytes } } } as const;
