/** What a person does with what a site stored: undo a write, take it all along, delete it. */
import type { ItemRow } from "../../messaging/view.ts";
import { finishDownload, startDownload } from "../../platform/downloads.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { log } from "../../shared/log.ts";
import { siteName } from "../../shared/site/site-name.ts";
import type { Before, GrantBook, NoUndo, SiteOwner } from "../../sites/grant-book.ts";
import type { SiteServices } from "./connect-sites.ts";
import type { SiteAreas } from "./site-areas.ts";
import type { SiteStorages } from "./site-storages.ts";

export interface SiteData {
  /** @throws HoldallError `site-undo-late`, `site-undo-impossible`, `site-unknown` */
  undo(owner: SiteOwner, id: string): Promise<void>;
  /** @throws HoldallError `archive-empty` */
  export(owner: SiteOwner, origin: string): Promise<{ transferId: string | null; items: number }>;
  /** Some at a time; `left` is 0 when nothing is. */
  delete(owner: SiteOwner, origin: string): Promise<{ deleted: number; left: number }>;
}

/** Objects and items that one call deletes, and how many of them at once. */
const batch = 200;
const atOnce = 8;

type Changed = (owner: SiteOwner, origin: string, what: { items: string[]; files: string[] }) => void;

export function createSiteData(
  services: SiteServices,
  book: GrantBook,
  storages: SiteStorages,
  areas: SiteAreas,
  changed: Changed,
): SiteData {
  const { host, network, transfers } = services;

  return {
    async undo(owner, id) {
      const entry = await book.entry(owner, id);
      if (entry === null) throw new HoldallError("site-unknown");
      const { origin, name, before, area } = entry;
      if (before.kind === "none") throw new HoldallError("site-undo-impossible");
      // All may have been deleted meanwhile, the item that names the site too.
      await areas.note(owner, origin);
      if (before.kind === "item") {
        const storage = area.ownItems ? await services.storages.of(owner) : (await storages.own(owner, origin)).storage;
        await undoItem(storage.items.versions, name, before).catch(late);
        changed(owner, origin, { items: [name], files: [] });
      } else {
        const { storage, folder } = await storages.own(owner, origin);
        const path = `${area.folder ?? folder}${name}`;
        const reason = await whyNot(storage.files, path, before);
        if (reason !== null) {
          await book.notUndoable(owner, id, reason);
          throw new HoldallError("site-undo-impossible");
        }
        await undoFile(storage.files, path, before);
        changed(owner, origin, { items: [], files: [name] });
      }
      await book.undone(owner, id);
    },

    async export(owner, origin) {
      const { storage, folder } = await storages.own(owner, origin);
      const items = await allItems(storage.items);
      const archive = await network()
        .archiveEntries(storage.files, { prefix: folder, paths: [folder] })
        .catch((error) => {
          if (error instanceof HoldallError && error.code === "archive-empty" && items.length > 0) return null;
          throw error;
        });
      if (items.length > 0) await saveItems(items, `${siteName(origin)}-items.json`);
      if (archive === null) return { transferId: null, items: items.length };
      const { name, entries } = archive;
      const { id } = await transfers.saveArchive({ path: folder, name, entries, owner });
      return { transferId: id, items: items.length };
    },

    async delete(owner, origin) {
      const { storage, folder } = await storages.own(owner, origin);
      const { files, cursor: moreFiles } = await storage.files.list({ prefix: folder, flat: true });
      const { items, cursor: moreItems } = await storage.items.list({ limit: batch });
      const works = [
        ...files.map(
          ({ path, etag }) =>
            () =>
              storage.files.delete({ path, etag }),
        ),
        ...items.map(
          ({ sortKey }) =>
            () =>
              storage.items.versions.delete(sortKey, undefined),
        ),
      ];
      const now = works.slice(0, batch);
      for (let at = 0; at < now.length; at += atOnce) {
        await Promise.all(now.slice(at, at + atOnce).map((work) => work()));
      }
      await book.forgetValues(owner, origin);
      changed(owner, origin, {
        items: items.map(({ sortKey }) => sortKey),
        files: files.map(({ path }) => path.slice(folder.length)),
      });
      // A page of items ends at a megabyte, however few they are.
      const more = moreFiles !== null || moreItems !== null;
      const left = works.length - now.length + (more ? 1 : 0);
      if (left === 0) await areas.forget(owner, origin);
      return { deleted: now.length, left };
    },
  };

  async function saveItems(items: ItemRow[], name: string): Promise<void> {
    const bytes = new TextEncoder().encode(`${JSON.stringify(items, null, 2)}\n`);
    const { signal } = new AbortController();
    const { url } = await host.compose(`site-${crypto.randomUUID()}`, [{ bytes }], { signal });
    const id = await startDownload(url, name);
    finishDownload(id, url, signal)
      .catch((error) => log.warn("sites", error))
      .finally(() => host.release(url));
  }
}

type Own = Awaited<ReturnType<SiteStorages["own"]>>["storage"];

async function allItems(items: Own["items"]): Promise<ItemRow[]> {
  const all: ItemRow[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: ItemRow[]; cursor: string | null } = await items.list({ cursor });
    all.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== null);
  return all;
}

async function undoItem(
  items: Own["items"]["versions"],
  sortKey: string,
  { attributes, version }: Before & { kind: "item" },
): Promise<void> {
  if (attributes !== null) await items.put(sortKey, attributes, version);
  // A deletion of what was not there.
  else if (version !== null) await items.delete(sortKey, version);
}

/** What the write can no longer be undone for: taking its version away would leave no file at all. */
async function whyNot(
  files: Own["files"],
  path: string,
  { versionId, etag, earlier }: Before & { kind: "file" },
): Promise<NoUndo | null> {
  // Rows of older days were written of buckets with suspended versions too, and do not tell what was there before.
  if (versionId === "null" || (etag !== null && earlier === undefined)) return "no-versions";
  if (typeof earlier !== "string") return null;
  return (await presentHead(files, path, earlier)) === null ? "too-old" : null;
}

async function presentHead(files: Own["files"], path: string, versionId?: string) {
  return await files.head(path, versionId).catch((error) => {
    if (error instanceof HoldallError && error.code === "file-missing") return null;
    throw error;
  });
}

/** Takes away the version that the write made, while it is the newest one: what was there before is there again. */
async function undoFile(
  files: Own["files"],
  path: string,
  { versionId, etag }: Before & { kind: "file" },
): Promise<void> {
  const present = await presentHead(files, path);
  if (etag === null ? present !== null : present?.versionId !== versionId) throw new HoldallError("site-undo-late");
  await files.undelete({ path, deleteMarker: versionId });
  // The mark of a deletion may have lain below that of a later one.
  if (etag === null && (await presentHead(files, path)) === null) throw new HoldallError("site-undo-late");
}

function late(error: unknown): never {
  if (error instanceof HoldallError && error.code === "item-conflict") throw new HoldallError("site-undo-late");
  throw error;
}
