import { siteOf } from "../../../src/captures/site-of.ts";
import type { CaptureRow } from "../../../src/messaging/captures-view.ts";
import { ulid } from "../../../src/shared/ulid.ts";

/** A capture like any other, but for `change`. */
export function captureRow(change: Partial<CaptureRow> = {}): CaptureRow {
  const page = change.page ?? "https://x.test/p";
  return {
    ...{ id: ulid(), kind: "image", url: "https://x.test/door.png", page, site: siteOf(page), title: "Doors" },
    ...{ path: "captures/door.png", type: "image/png", size: 70, sha256: "ab".repeat(32), dimensions: null },
    ...{ tags: [], note: "", at: Date.UTC(2026, 2, 1), missing: 0, rev: 1 },
    ...change,
  };
}
