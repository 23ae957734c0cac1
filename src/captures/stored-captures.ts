/** What is done with captures that are stored. */
import type { CaptureRow } from "../messaging/captures-view.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import { log } from "../shared/log.ts";
import type { CaptureOwner, CaptureService } from "./captures.ts";
import type { Chores } from "./chores.ts";
import { captureSortKey, indexItem, readIndexItem } from "./index-item.ts";
import type { CaptureServiceDeps } from "./service-deps.ts";

/** Bytes that are shown at most, and of which a small picture is drawn. */
const mostRead = 64 * 1024 ** 2;
const mostDrawn = 32 * 1024 ** 2;
/** Milliseconds. */
const readPatience = 300_000;

type StoredCaptures = Pick<
  CaptureService,
  "list" | "facets" | "here" | "get" | "refresh" | "move" | "remove" | "restore" | "thumbnail" | "read"
> & { annotate(owner: CaptureOwner, id: string, words: { tags: string[]; note: string }): Promise<void> };

/** @param keyOf the key of what has another id by now than on its way */
export function createStoredCaptures(
  { mirror, store, thumbnail }: CaptureServiceDeps,
  chores: Chores,
  keyOf: (id: string) => string,
): StoredCaptures {
  async function get(owner: CaptureOwner, id: string): Promise<CaptureRow> {
    const key = keyOf(id);
    const known = await mirror.get(owner, key);
    if (known !== null) return known;
    const found = readIndexItem(await (await store(owner)).item(captureSortKey(key)));
    if (found === null) throw new HoldallError("item-missing");
    await mirror.put(owner, found);
    return found;
  }

  async function read(owner: CaptureOwner, { path, size }: CaptureRow, most: number): Promise<Blob> {
    if (size > most) throw new HoldallError("capture-too-large", { subs: [String(Math.floor(most / 1024 ** 2))] });
    return await (await store(owner)).read(path, AbortSignal.timeout(readPatience));
  }

  return {
    get,
    list: (owner, input) => mirror.list(owner, input),
    facets: (owner) => mirror.facets(owner),
    here: (owner, url) => mirror.byPage(owner, url),
    refresh: (owner) => mirror.refresh(owner),
    move: async (owner, id, path) => await chores.move(owner, await get(owner, id), path),
    remove: async (owner, id) => await chores.remove(owner, await get(owner, id)),
    restore: (owner, undo) => chores.restore(owner, undo),
    annotate: async (owner, id, words) => {
      const objects = await store(owner);
      const sortKey = captureSortKey(keyOf(id));
      const item = await objects.item(sortKey);
      const known = readIndexItem(item);
      if (known === null) throw new HoldallError("item-missing");
      const { tags: _tags, note: _note, ...others } = item.attributes;
      const { tags, note } = indexItem({ ...known, ...words });
      const attributes = { ...others, ...(tags !== undefined && { tags }), ...(note !== undefined && { note }) };
      const saved = readIndexItem(await objects.saveItem({ sortKey, attributes, basis: item.attributes }));
      if (saved !== null) await mirror.put(owner, saved);
    },
    thumbnail: async (owner, id) => {
      const key = keyOf(id);
      const known = await mirror.thumbnail(owner, key);
      if (known !== null) return known;
      const row = await get(owner, id);
      if (!row.type.startsWith("image/") || row.size > mostDrawn) return null;
      const image = await thumbnail(await read(owner, row, mostDrawn));
      if (image !== null) await mirror.putThumbnail(owner, key, image).catch((error) => log.warn("thumbnail", error));
      return image;
    },
    read: async (owner, id) => {
      const row = await get(owner, id);
      return (await read(owner, row, mostRead)).slice(0, row.size, row.type);
    },
  };
}
