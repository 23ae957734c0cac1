import type { Attributes } from "../shared/attribute-value.ts";
import type { CaptureIntent, Described } from "./capture-journal.ts";
import { shown } from "./fetch-image.ts";

export function captureSortKey(id: string): string {
  return `holdall#capture#${id}`;
}

/** The index item of a capture, without its keys. `rev` is the version attribute of items that Holdall writes. */
export function indexItem(intent: CaptureIntent, described: Described): Attributes {
  const { path, type, size, sha256, dimensions } = described;
  const item: Attributes = {
    url: { S: shown(intent.srcUrl) },
    page: { S: shown(intent.pageUrl) },
    title: { S: intent.title.slice(0, 500) },
    path: { S: path },
    type: { S: type },
    size: { N: String(size) },
    sha256: { S: sha256 },
    at: { S: new Date(intent.at).toISOString() },
    rev: { N: "1" },
  };
  if (dimensions === null) return item;
  return { ...item, width: { N: String(dimensions.width) }, height: { N: String(dimensions.height) } };
}
