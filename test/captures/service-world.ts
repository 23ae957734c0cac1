/** The captures' service against uploads into an S3 in memory, a table in memory, and the real journal and mirror. */
import { createCaptureJournal } from "../../src/captures/journal/capture-journal.ts";
import { createMirror } from "../../src/captures/mirror/create-mirror.ts";
import type { CaptureServiceDeps, CaptureStore } from "../../src/captures/service-deps.ts";
import { sha256Hex } from "../../src/captures/take/sha256.ts";
import type { Take } from "../../src/captures/taken.ts";
import { type CapturesView, noCaptures } from "../../src/messaging/captures-view.ts";
import type { Attributes } from "../../src/shared/attribute-value.ts";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import type { Transfers } from "../../src/transfers/transfers.ts";
import { alice } from "../transfers/support/upload-world.ts";
import { createCaptureWorld, startTransfers } from "./capture-world.ts";
import { pixel } from "./images.ts";

export function createServiceWorld() {
  return {
    ...createCaptureWorld(),
    captured: noCaptures as CapturesView,
    nextTry: null as number | null,
    /** What the source answers: bytes, or the code of an error. */
    bytes: pixel as Uint8Array<ArrayBuffer> | HoldallError,
    /** Of the next write to the table. */
    tableFaults: [] as HoldallError["code"][],
    /** Paths whose object was deleted, by delete marker. */
    deleted: new Map<string, string>(),
    time: Date.UTC(2026, 2, 1),
  };
}

const gone = new Map<string, unknown>();

export type ServiceWorld = ReturnType<typeof createServiceWorld>;

export function takeIn(world: ServiceWorld): Take {
  return async ({ kind }) => {
    world.fetches += 1;
    if (world.bytes instanceof HoldallError) throw world.bytes;
    const bytes = new Blob([world.bytes]);
    return {
      ...{ bytes, type: "image/png", extension: "png", sha256: await sha256Hex(bytes) },
      ...{ dimensions: { width: 1, height: 1 }, name: kind === "image" ? "door" : "", missing: 0 },
    };
  };
}

function storeOf(world: ServiceWorld, identity: string): CaptureStore {
  const { objects } = world.s3;
  const object = (path: string) => {
    const found = objects.get(`${identity}/${path}`);
    if (found === undefined) throw new HoldallError("file-missing", { subs: [path] });
    return found;
  };
  const row = (sortKey: string) => {
    const attributes = world.items.get(`${identity} ${sortKey}`);
    if (attributes === undefined) throw new HoldallError("item-missing");
    return { sortKey, attributes };
  };
  const meetFault = () => {
    const code = world.tableFaults.shift();
    if (code !== undefined) throw new HoldallError(code);
  };
  return {
    head: async (path) => {
      const { bytes, etag, crc32, metadata } = object(path);
      const transfer = metadata["holdall-transfer"] ?? null;
      return { path, size: bytes.length, etag, modifiedAt: world.time, crc32, transfer };
    },
    copy: async ({ from, path }) => {
      if (objects.has(`${identity}/${path}`)) throw new HoldallError("file-exists", { subs: [path] });
      objects.set(`${identity}/${path}`, object(from));
    },
    delete: async ({ path }) => {
      object(path);
      const deleteMarker = `marker-${world.deleted.size}`;
      world.deleted.set(deleteMarker, path);
      gone.set(deleteMarker, object(path));
      objects.delete(`${identity}/${path}`);
      return { deleteMarker };
    },
    undelete: async ({ path, deleteMarker }) => {
      const back = gone.get(deleteMarker);
      if (back !== undefined) objects.set(`${identity}/${path}`, back as never);
    },
    read: async (path) => new Blob([new Uint8Array(object(path).bytes)]),
    item: async (sortKey) => row(sortKey),
    putItem: async (sortKey, attributes) => {
      meetFault();
      const key = `${identity} ${sortKey}`;
      if (world.items.has(key)) throw new HoldallError("item-conflict");
      world.items.set(key, attributes);
    },
    saveItem: async ({ sortKey, attributes, basis }) => {
      meetFault();
      const now = row(sortKey).attributes;
      if (revOf(now) !== revOf(basis)) throw new HoldallError("item-conflict");
      const saved = { ...attributes, rev: { N: String(revOf(now) + 1) } };
      world.items.set(`${identity} ${sortKey}`, saved);
      return { sortKey, attributes: saved };
    },
    deleteItem: async ({ sortKey }) => {
      meetFault();
      world.items.delete(`${identity} ${sortKey}`);
    },
  };
}

function revOf({ rev }: Attributes): number {
  return rev !== undefined && "N" in rev ? Number(rev.N) : 0;
}

export function serviceDeps(world: ServiceWorld, transfers: Transfers = startTransfers(world)): CaptureServiceDeps {
  const profile = alice.profile;
  return {
    shown: () => ({ profile, identity: world.signedIn }),
    identity: () => world.signedIn,
    canSend: () => world.online && world.signedIn !== null,
    online: () => world.online,
    take: takeIn(world),
    uploads: transfers,
    store: async (owner) => {
      if (owner.identity !== world.signedIn) throw new HoldallError("signed-out");
      return storeOf(world, owner.identity);
    },
    thumbnail: async () => null,
    mirror: createMirror({
      query: async ({ identity }, { prefix }) => {
        const mine = [...world.items].filter(([key]) => key.startsWith(`${identity} ${prefix}`));
        const items = mine.map(([key, attributes]) => ({ sortKey: key.slice(identity.length + 1), attributes }));
        return { items: items.reverse(), cursor: null };
      },
      now: () => world.time,
    }),
    journal: createCaptureJournal(),
    changed: (view, nextTry) => {
      world.captured = view;
      world.nextTry = nextTry;
    },
    now: () => world.time,
  };
}
