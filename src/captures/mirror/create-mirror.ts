import type { CaptureRow } from "../../messaging/captures-view.ts";
import type { CaptureOwner } from "../captures.ts";
import { captureSortKey, indexItem, readIndexItem } from "../index-item.ts";
import { countFacets } from "./count-facets.ts";
import { findRows } from "./find-rows.ts";
import { listRows } from "./list-rows.ts";
import type { Mirror, MirrorDeps } from "./mirror.ts";
import { deleteMirrorDatabase, mirrorDatabases, openMirrorDatabase } from "./mirror-database.ts";
import { addressLabel } from "./mirror-row.ts";
import { createSync } from "./sync-mirror.ts";
import { readThumbnail, writeThumbnail } from "./thumbnail-store.ts";
import { writeRows } from "./write-rows.ts";

/** Rows that "already saved" shows of a page at most. */
const mostOfPage = 20;

/** Opens nothing until it is used. @param name what the databases' names begin with: there is one for each owner */
export function createMirror(deps: MirrorDeps, name = "holdall-capture-mirror"): Mirror {
  const owners = new Map<string, ReturnType<typeof openOwner>>();
  const prefix = `${name} `;

  function of(owner: CaptureOwner): ReturnType<typeof openOwner> {
    const key = prefix + JSON.stringify([owner.profile, owner.identity]);
    const known = owners.get(key);
    if (known !== undefined) return known;
    const opened = openOwner(owner, key, deps);
    owners.set(key, opened);
    return opened;
  }

  function destroy(key: string): Promise<void> {
    const opened = owners.get(key);
    owners.delete(key);
    return opened === undefined ? deleteMirrorDatabase(key) : opened.database.destroy();
  }

  async function wipe(profile: string, spared?: string): Promise<void> {
    const meant = (key: string) => {
      const owner = ownerOf(key.slice(prefix.length));
      return owner?.profile === profile && owner.identity !== spared;
    };
    // At once, so that what is being read for them goes nowhere; they may not be on disk yet.
    const opened = [...owners.keys()].filter(meant);
    await Promise.all(opened.map(destroy));
    const stored = (await mirrorDatabases(prefix)).filter((key) => meant(key) && !opened.includes(key));
    await Promise.all(stored.map(destroy));
  }

  return {
    put: (owner, row) => of(owner).put(row),
    drop: (owner, id) => of(owner).drop(id),
    get: (owner, id) => of(owner).get(id),
    async byHash(owner, sha256) {
      const [row = null] = await findRows(of(owner).database, ["sha256", sha256], 1);
      return row;
    },
    async byPage(owner, url) {
      const address = addressLabel(url);
      return address === null ? [] : await findRows(of(owner).database, ["address", address], mostOfPage);
    },
    list: (owner, input) => listRows(of(owner).database, input),
    async facets(owner) {
      const { database, syncing } = of(owner);
      return { ...(await countFacets(database)), syncing: syncing() };
    },
    sync: (owner) => of(owner).sync(),
    refresh: (owner) => of(owner).refresh(),
    thumbnail: (owner, id) => readThumbnail(of(owner).database, id),
    putThumbnail: (owner, id, image) => writeThumbnail(of(owner).database, id, image, deps.now()),
    wipe,
  };
}

/** What is open of one owner. */
function openOwner(owner: CaptureOwner, key: string, deps: MirrorDeps) {
  const database = openMirrorDatabase(key);
  const reading = createSync(owner, database, deps);
  let syncing: Promise<void> | null = null;
  let refreshing: Promise<void> | null = null;

  const byId = (id: string) => database.read((db) => db.getFromIndex("rows", "id", id));

  return {
    database,
    syncing: () => syncing !== null || refreshing !== null,
    async put(row: CaptureRow) {
      reading.touch(row.id, "put");
      await database.change(async (tx) => {
        const write = writeRows(tx);
        write.put(asRead(row), await tx.objectStore("rows").index("id").get(row.id));
        await write.finish();
      });
    },
    async drop(id: string) {
      reading.touch(id, "dropped");
      await database.change(async (tx) => {
        const present = await tx.objectStore("rows").index("id").get(id);
        if (present === undefined) return;
        const write = writeRows(tx);
        write.drop(present);
        await write.finish();
      });
    },
    get: async (id: string) => (await byId(id))?.row ?? null,
    sync(): Promise<void> {
      // A refresh that is under way reads more than this would.
      if (refreshing !== null) return refreshing;
      syncing ??= reading.sync().finally(() => {
        syncing = null;
      });
      return syncing;
    },
    refresh(): Promise<void> {
      refreshing ??= (syncing ?? Promise.resolve())
        .catch(() => undefined)
        .then(reading.refresh)
        .finally(() => {
          refreshing = null;
        });
      return refreshing;
    },
  };
}

/** A row as it would be read from its index item, which holds less of long addresses and titles. */
function asRead(row: CaptureRow): CaptureRow {
  return readIndexItem({ sortKey: captureSortKey(row.id), attributes: indexItem(row) }) ?? row;
}

function ownerOf(text: string): CaptureOwner | null {
  try {
    const [profile, identity]: unknown[] = JSON.parse(text);
    return typeof profile === "string" && typeof identity === "string" ? { profile, identity } : null;
  } catch {
    return null;
  }
}
