/** Between a capture and the index item that describes it in the table. */
import { type CaptureKind, type CaptureRow, captureKinds } from "../messaging/captures-view.ts";
import type { ItemRow } from "../messaging/view.ts";
import type { Attributes, AttributeValue } from "../shared/attribute-value.ts";
import { isUlid } from "../shared/ulid.ts";
import { shown, wellFormed } from "./shown-address.ts";
import { siteOf } from "./site-of.ts";

/** What the sort keys of all captures begin with. */
export const captureKeyPrefix = "holdall#capture#";
/** Characters. */
const longestTitle = 500;

/** @param id ULID of the capture, or what ULIDs begin with */
export function captureSortKey(id: string): string {
  return captureKeyPrefix + id;
}

/**
 * The index item of a capture, without its keys. `rev` is the version attribute of items that Holdall writes. What is empty
 * has no attribute, so that an item of an earlier version is its own basis.
 */
export function indexItem(row: CaptureRow): Attributes {
  const { dimensions, tags, note, missing } = row;
  return {
    kind: { S: row.kind },
    url: { S: shown(row.url) },
    page: { S: shown(row.page) },
    title: { S: wellFormed(row.title.slice(0, longestTitle)) },
    path: { S: row.path },
    type: { S: row.type },
    size: { N: String(row.size) },
    sha256: { S: row.sha256 },
    at: { S: new Date(row.at).toISOString() },
    rev: { N: String(row.rev) },
    ...(dimensions !== null && { width: { N: String(dimensions.width) }, height: { N: String(dimensions.height) } }),
    // A list: sets have no order.
    ...(tags.length > 0 && { tags: { L: tags.map((tag) => ({ S: wellFormed(tag) })) } }),
    ...(note !== "" && { note: { S: wellFormed(note) } }),
    ...(missing > 0 && { missing: { N: String(missing) } }),
  };
}

/**
 * What an index item describes. Items of the first version have no kind and no tags: they are images.
 * @returns null for one that is no capture's or is damaged, and for a kind that only a later version knows
 */
export function readIndexItem({ sortKey, attributes }: ItemRow): CaptureRow | null {
  const id = sortKey.slice(captureKeyPrefix.length);
  const text = (name: string) => stringOf(own(attributes, name));
  const count = (name: string) => countOf(own(attributes, name));
  const kind = own(attributes, "kind") === undefined ? "image" : kindOf(text("kind"));
  const [url, page, path, type, sha256] = [text("url"), text("page"), text("path"), text("type"), text("sha256")];
  const [size, at] = [count("size"), Date.parse(text("at") ?? "")];
  if (!sortKey.startsWith(captureKeyPrefix) || !isUlid(id) || kind === null || Number.isNaN(at)) return null;
  if (url === null || page === null || !path || type === null || !sha256 || size === null) return null;
  const [width, height] = [count("width"), count("height")];
  return {
    ...{ id, kind, url, page, site: siteOf(page), title: text("title") ?? "", path, type, size },
    sha256: sha256.toLowerCase(),
    dimensions: width === null || height === null ? null : { width, height },
    tags: tagsOf(own(attributes, "tags")),
    ...{ note: text("note") ?? "", at, missing: count("missing") ?? 0, rev: count("rev") ?? 0 },
  };
}

function kindOf(text: string | null): CaptureKind | null {
  return captureKinds.find((kind) => kind === text) ?? null;
}

function tagsOf(value: AttributeValue | undefined): string[] {
  if (value === undefined) return [];
  const tags = "L" in value ? value.L.map(stringOf) : "SS" in value ? value.SS : [];
  return [...new Set(tags.filter((tag) => tag !== null && tag !== ""))] as string[];
}

function stringOf(value: AttributeValue | undefined): string | null {
  return value !== undefined && "S" in value ? value.S : null;
}

function countOf(value: AttributeValue | undefined): number | null {
  const number = value !== undefined && "N" in value ? Number(value.N) : Number.NaN;
  return Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/** Not what every object inherits, as `constructor`. */
function own(attributes: Attributes, name: string): AttributeValue | undefined {
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}
