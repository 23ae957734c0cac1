import type { CaptureRow } from "../messaging/captures-view.ts";
import type { CaptureRecord } from "./record.ts";
import { shown } from "./shown-address.ts";
import { siteOf } from "./site-of.ts";

/** The row that a capture becomes once its object is stored; null before. */
export function captureRow({ key, path, described, request, at }: CaptureRecord): CaptureRow | null {
  if (key === null || path === null || described === null) return null;
  const { kind, url, page, tags, note } = request;
  const { type, size, sha256, dimensions, missing } = described;
  return {
    ...{
      id: key,
      kind,
      url: shown(url),
      page: shown(page.url),
      site: siteOf(page.url),
      title: page.title.slice(0, 500),
    },
    ...{ path, type, size, sha256, dimensions, tags, note, at, missing, rev: 1 },
  };
}
