/** Moves and removes stored captures: object and index item together, and neither of them half. */
import type { CaptureRow } from "../messaging/captures-view.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import { log } from "../shared/log.ts";
import type { CaptureOwner } from "./captures.ts";
import type { Chore } from "./chore.ts";
import { captureSortKey, readIndexItem } from "./index-item.ts";
import { isPassing } from "./offers.ts";
import type { CaptureServiceDeps, CaptureStore } from "./service-deps.ts";

export interface Chores {
  /** @throws HoldallError `file-exists`, `file-missing`, `file-changed`, `item-missing`, `item-conflict` */
  move(owner: CaptureOwner, row: CaptureRow, to: string): Promise<CaptureRow>;
  /** @returns what brings it back; null where the bucket keeps no versions */
  remove(owner: CaptureOwner, row: Pick<CaptureRow, "id" | "path">): Promise<{ undo: string | null }>;
  restore(owner: CaptureOwner, undo: string): Promise<void>;
  /** Completes what was begun for this owner in another life of the background. */
  resume(owner: CaptureOwner): Promise<void>;
  forget(owner: { profile: string; identity?: string }): Promise<void>;
  /** When one that was begun should be tried again (milliseconds since the epoch); infinite when there is none. */
  nextTry(): number;
}

/** Milliseconds. */
const pause = 60_000;
/** Times that an item is read anew when somebody changes it meanwhile. */
const rereads = 3;

interface Undo {
  path: string;
  deleteMarker: string;
  sortKey: string;
  attributes: Awaited<ReturnType<CaptureStore["item"]>>["attributes"];
}

export function createChores({ journal, mirror, store, now }: CaptureServiceDeps): Chores {
  const begun = new Set<string>();
  /** Noted, and not under way: what stopped them may pass. */
  const waiting = new Set<string>();

  /**
   * The chore is noted first. It stays noted when what stops it may pass, and when half of it is done (`changed`): then it is
   * completed later, whatever it was.
   */
  async function noted<T>(chore: Chore, work: (changed: () => void) => Promise<T>): Promise<T> {
    let half = false;
    begun.add(chore.key);
    waiting.delete(chore.key);
    try {
      await journal.putChore(chore);
      const result = await work(() => {
        half = true;
      });
      await journal.removeChore(chore.key);
      return result;
    } catch (error) {
      if (half || (error instanceof HoldallError && isPassing(error))) waiting.add(chore.key);
      else await journal.removeChore(chore.key);
      throw error;
    } finally {
      begun.delete(chore.key);
    }
  }

  /** Another device may change the item in the same moment: it is read anew then. */
  async function reread<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof HoldallError && error.code === "item-conflict") || tries === rereads) throw error;
      }
    }
  }

  async function move(chore: Chore & { kind: "move" }, changed: () => void): Promise<CaptureRow> {
    const { owner, id, path, etag, to, type } = chore;
    const objects = await store(owner);
    await copy(objects, { from: path, etag, path: to, contentType: type });
    changed();
    const row = await reread(() => point(objects, id, path, to));
    // The copy and the item are there: an old object that changed meanwhile is somebody's work and stays.
    await objects.delete({ path, etag }).catch(tolerate("file-missing", "file-changed"));
    await mirror.put(owner, row);
    return row;
  }

  /** An object of that name is our own from the attempt before when it holds the same bytes. */
  async function copy(objects: CaptureStore, input: Parameters<CaptureStore["copy"]>[0]): Promise<void> {
    try {
      await objects.copy(input);
    } catch (error) {
      if (!(error instanceof HoldallError && (error.code === "file-exists" || error.code === "file-missing")))
        throw error;
      const [there, source] = await Promise.all(
        [input.path, input.from].map((path) => objects.head(path).catch(orNull("file-missing"))),
      );
      // The source is gone when only the last step was cut off.
      const same =
        there?.etag === input.etag || (source && there?.size === source.size && there.crc32 === source.crc32);
      if (!same || (there?.etag !== input.etag && there?.crc32 === null)) throw error;
    }
  }

  async function point(objects: CaptureStore, id: string, from: string, to: string): Promise<CaptureRow> {
    const item = await objects.item(captureSortKey(id));
    const known = readIndexItem(item);
    if (known === null) throw new HoldallError("item-missing");
    if (known.path === to) return known;
    if (known.path !== from) throw new HoldallError("capture-moved");
    const attributes = { ...item.attributes, path: { S: to } };
    const saved = readIndexItem(await objects.saveItem({ sortKey: item.sortKey, attributes, basis: item.attributes }));
    if (saved === null) throw new HoldallError("item-missing");
    return saved;
  }

  async function remove(chore: Chore & { kind: "remove" }, changed: () => void): Promise<{ undo: string | null }> {
    const { owner, id, path, etag } = chore;
    const objects = await store(owner);
    const sortKey = captureSortKey(id);
    const item = await objects.item(sortKey).catch(orNull("item-missing"));
    const gone =
      etag === "" ? { deleteMarker: null } : await objects.delete({ path, etag }).catch(orNull("file-missing"));
    changed();
    if (item !== null) {
      await reread(async () => {
        const now = await objects.item(sortKey).catch(orNull("item-missing"));
        if (now !== null) await objects.deleteItem({ sortKey, basis: now.attributes });
      });
    }
    await mirror.drop(owner, id);
    const deleteMarker = gone?.deleteMarker ?? null;
    if (deleteMarker === null || item === null) return { undo: null };
    return { undo: JSON.stringify({ path, deleteMarker, sortKey, attributes: item.attributes } satisfies Undo) };
  }

  return {
    async move(owner, row, to) {
      if (to === row.path) return row;
      const { id, path, type } = row;
      const { etag } = await (await store(owner)).head(path);
      const chore = { key: `move/${id}`, kind: "move", owner, id, path, etag, to, type } as const;
      return await noted(chore, (changed) => move(chore, changed));
    },
    async remove(owner, { id, path }) {
      // An object that is gone already: its item goes all the same.
      const file = await (await store(owner)).head(path).catch(orNull("file-missing"));
      const chore = { key: `remove/${id}`, kind: "remove", owner, id, path, etag: file?.etag ?? "" } as const;
      return await noted(chore, (changed) => remove(chore, changed));
    },
    async restore(owner, text) {
      const { path, deleteMarker, sortKey, attributes } = readUndo(text);
      const objects = await store(owner);
      await objects.undelete({ path, deleteMarker });
      await objects.putItem(sortKey, attributes).catch(tolerate("item-conflict"));
      const row = readIndexItem({ sortKey, attributes });
      if (row !== null) await mirror.put(owner, row);
    },
    async resume(owner) {
      for (const chore of await journal.chores()) {
        const { profile, identity } = chore.owner;
        if (profile !== owner.profile || identity !== owner.identity || begun.has(chore.key)) continue;
        const work = (changed: () => void) => (chore.kind === "move" ? move(chore, changed) : remove(chore, changed));
        await noted<unknown>(chore, work).catch((error) => log.warn("capture chore", error));
      }
    },
    async forget({ profile, identity }) {
      for (const { key, owner } of await journal.chores()) {
        if (owner.profile === profile && (identity === undefined || owner.identity === identity))
          await journal.removeChore(key);
      }
    },
    nextTry: () => (waiting.size > 0 ? now() + pause : Number.POSITIVE_INFINITY),
  };
}

/** @throws HoldallError `message-invalid` */
function readUndo(text: string): Undo {
  try {
    const undo = JSON.parse(text) as Partial<Undo>;
    const { path, deleteMarker, sortKey, attributes } = undo;
    const whole = typeof path === "string" && typeof deleteMarker === "string" && typeof sortKey === "string";
    // Own captures alone can be brought back this way.
    if (whole && sortKey.startsWith(captureSortKey("")) && typeof attributes === "object")
      return { path, deleteMarker, sortKey, attributes };
  } catch {
    // Falls through: whatever is wrong with it, it is not one of ours.
  }
  throw new HoldallError("message-invalid", { subs: ["undo"] });
}

function tolerate(...codes: string[]): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof HoldallError && codes.includes(error.code))) throw error;
  };
}

function orNull(code: string): (error: unknown) => null {
  return (error) => {
    tolerate(code)(error);
    return null;
  };
}
