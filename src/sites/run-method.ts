/** Carries out one request of a site that was judged already. Each method is one request to AWS, `files.put` and `files.get` two. */
import { largestFile, type SiteMethod, type SiteParams } from "../messaging/site-methods.ts";
import type { SiteDay } from "../messaging/sites-view.ts";
import type { Attributes } from "../shared/attribute-value.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import type { Before } from "./grant-book.ts";
import { attributesOf, plainOf } from "./plain-value.ts";
import { faultOf, SiteProblem } from "./site-problem.ts";
import type { ItemWritten, SiteFileHead, SiteItem, SiteStorage } from "./site-storage.ts";

/** Attribute that Holdall counts versions in: not a part of a site's values. */
const revision = "rev";

/** What became of a request, for the answer, the ledger and the day's use. */
export interface Outcome {
  answer: unknown;
  /** Path or sort key; of a list, its prefix. */
  name: string;
  /** Bytes of a file or an item. */
  size: number | null;
  use: Partial<Omit<SiteDay, "day">>;
  before: Before;
  changed: { items: string[]; files: string[] };
  /** Of `files.get`: what pieces are fetched of. */
  file?: { path: string; etag: string; start: number; end: number };
}

/** Methods that reach the storage. */
export type StorageMethod = Exclude<SiteMethod, "connect" | "permissions" | "items.batch">;

/** Media type of a file that was stored without one. */
const untyped = "application/octet-stream";
const nothing = { items: [], files: [] };
const notWritten: Before = { kind: "none", reason: "not-a-write" };

/** Told when so many bytes of a body begin to go out. */
export type Sending = (bytes: number) => void;

interface Way {
  signal: AbortSignal;
  sending: Sending;
}

type Runs = {
  [M in StorageMethod]: (params: SiteParams<M>, storage: SiteStorage, way: Way) => Promise<Outcome>;
};

/** @throws SiteProblem, HoldallError */
export async function runMethod<M extends StorageMethod>(
  method: M,
  params: SiteParams<M>,
  storage: SiteStorage,
  way: Way,
): Promise<Outcome> {
  const run: Runs[M] = runs[method];
  return await run(params, storage, way);
}

const runs: Runs = {
  async "items.get"({ key }, { items }) {
    const item = await items.read(key);
    return {
      ...read(key, item === null ? 0 : sizeOf(item.attributes)),
      answer: item === null ? null : shown(item, items.versionOf),
    };
  },
  async "items.put"({ key, value, ifMatch }, { items }) {
    const written = await items.put(key, checked(value), ifMatch);
    return { ...wrote(key, written, items), answer: { version: items.versionOf(written.after ?? {}) } };
  },
  async "items.update"({ key, set, remove, ifMatch }, { items }) {
    if (remove.includes(revision)) throw reserved();
    const written = await items.update(key, { set: checked(set), remove }, ifMatch);
    const item = { sortKey: key, attributes: written.after ?? {} };
    return { ...wrote(key, written, items), answer: shown(item, items.versionOf) };
  },
  async "items.delete"({ key, ifMatch }, { items }) {
    const written = await items.delete(key, ifMatch);
    return { ...wrote(key, written, items), answer: null };
  },
  async "items.query"({ prefix = "", limit, descending, cursor }, { items }) {
    const page = await items.list({ prefix, limit: limit ?? 100, cursor, descending });
    const size = page.items.reduce((sum, { attributes }) => sum + sizeOf(attributes), 0);
    return {
      ...read(prefix, size),
      answer: { items: page.items.map((item) => shown(item, items.versionOf)), cursor: page.cursor },
    };
  },
  async "files.get"({ path, start = 0, end, ifMatch }, { files }) {
    const head = await files.head(path);
    if (ifMatch !== undefined && ifMatch !== head.etag) throw new HoldallError("file-changed", { subs: [path] });
    const last = Math.min(end ?? head.size, head.size);
    if (start > last) throw new SiteProblem("invalid", "The range begins behind the file's end.", { detail: "start" });
    const size = last - start;
    return {
      // The bytes count piece by piece: a reader may stop.
      ...outcome(path, size, { s3Reads: 2 }),
      answer: { ...infoOf(head), size },
      file: { path, etag: head.etag, start, end: last },
    };
  },
  async "files.put"({ path, body, type, ifMatch }, { files }, { signal, sending }) {
    if (body.size > largestFile) throw new SiteProblem("too-large", "The file is larger than 5 GB.");
    const before = await files.head(path).catch(absent);
    if (typeof ifMatch === "string" && before?.etag !== ifMatch) {
      throw new HoldallError("file-changed", { subs: [path] });
    }
    if (ifMatch === null && before !== null) throw new HoldallError("file-exists", { subs: [path] });
    const begun = () => sending(body.size);
    const stored = (type ?? body.type) || untyped;
    const put = await files.put({ path, body, type: stored, match: ifMatch, begun }, signal);
    return {
      ...outcome(path, body.size, { s3Writes: 1, s3Reads: 1, written: body.size }),
      answer: {
        path,
        size: body.size,
        type: stored,
        version: put.etag,
        modifiedAt: Date.now(),
      },
      before: versioned(put.versionId)
        ? {
            ...{ kind: "file", versionId: put.versionId, etag: put.etag },
            // Of before the bucket kept versions: S3 calls it so.
            earlier: before === null ? null : (before.versionId ?? "null"),
          }
        : { kind: "none", reason: "no-versions" },
      changed: { items: [], files: [path] },
    };
  },
  async "files.delete"({ path, ifMatch }, { files }) {
    const { deleteMarker } = await files.delete(path, ifMatch ?? null);
    return {
      ...outcome(path, null, { s3Writes: 1 }),
      answer: null,
      before: versioned(deleteMarker)
        ? { kind: "file", versionId: deleteMarker, etag: null }
        : { kind: "none", reason: "no-versions" },
      changed: { items: [], files: [path] },
    };
  },
  async "files.list"({ prefix = "", limit, cursor, folders }, { files }) {
    const page = await files.list({ prefix, limit: limit ?? 1000, cursor, flat: !folders });
    return {
      ...outcome(prefix, null, { s3Writes: 1 }),
      answer: { files: page.files.map(rowOf), folders: page.folders, cursor: page.cursor },
    };
  },
  async "files.head"({ path }, { files }) {
    const head = await files.head(path).catch(absent);
    return { ...outcome(path, head?.size ?? null, { s3Reads: 1 }), answer: head === null ? null : infoOf(head) };
  },
};

function absent(error: unknown): null {
  if (error instanceof HoldallError && error.code === "file-missing") return null;
  throw error;
}

/** While versions are suspended, S3 writes `null` in the place of the one before. */
function versioned(versionId: string | null): versionId is string {
  return versionId !== null && versionId !== "null";
}

function outcome(name: string, size: number | null, use: Outcome["use"]): Outcome {
  return { answer: null, name, size, use, before: notWritten, changed: nothing };
}

/** Reads are consistent: 4 KB are one unit. */
function read(name: string, size: number): Outcome {
  return outcome(name, size, { itemReadUnits: Math.max(1, Math.ceil(size / 4096)), read: size });
}

function wrote(key: string, { before, after }: ItemWritten, items: SiteStorage["items"]): Outcome {
  const size = sizeOf(after ?? {});
  const known = before === "unknown" ? null : before;
  const units = Math.max(1, Math.ceil(Math.max(size, sizeOf(known ?? {})) / 1024));
  return {
    ...outcome(key, size, { itemWriteUnits: units, written: size }),
    before: undoOf(before, after === null ? null : items.versionOf(after)),
    changed: { items: [key], files: [] },
  };
}

function undoOf(before: ItemWritten["before"], version: string | null): Before {
  if (before === "unknown") return { kind: "none", reason: "unknown" };
  // A deletion of what was not there.
  if (before === null && version === null) return notWritten;
  return { kind: "item", attributes: before, version };
}

function shown({ sortKey, attributes }: SiteItem, versionOf: SiteStorage["items"]["versionOf"]): object {
  const { [revision]: _, ...own } = attributes;
  return { key: sortKey, value: plainOf(own), version: versionOf(attributes) };
}

function checked(value: Record<string, unknown>): Attributes {
  if (Object.hasOwn(value, revision)) throw reserved();
  return attributesOf(value);
}

function reserved(): SiteProblem {
  return new SiteProblem("invalid", "`rev` is where versions are counted.", { detail: revision });
}

/** Near enough for counts: as JSON, which is longer than what DynamoDB counts. */
function sizeOf(attributes: Attributes): number {
  return JSON.stringify(attributes).length;
}

function infoOf(head: SiteFileHead): object {
  const { path, size, contentType: type, etag: version, modifiedAt } = head;
  return { path, size, type, version, modifiedAt };
}

function rowOf({ path, size, etag: version, modifiedAt }: Omit<SiteFileHead, "contentType" | "versionId">): object {
  return { path, size, version, modifiedAt };
}

/** The operations of a batch, as methods of their own. */
export function partsOf({ operations }: SiteParams<"items.batch">): { method: StorageMethod; params: unknown }[] {
  return operations.map((operation) => {
    if ("get" in operation) return { method: "items.get", params: operation.get };
    if ("put" in operation) return { method: "items.put", params: operation.put };
    return { method: "items.delete", params: operation.delete };
  });
}

/** An answer in the place of an operation of a batch. */
export function partAnswer(done: { value: unknown } | { error: unknown }): object {
  return "value" in done ? { ok: true, value: done.value } : { ok: false, error: faultOf(done.error) };
}
