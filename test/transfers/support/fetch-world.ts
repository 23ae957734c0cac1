/** A folder, a journal, a host and a browser that saves, in memory, in which a background may die at any step. */
import { mapS3Response } from "../../../src/aws/map-error.ts";
import { crc32, crc32Base64 } from "../../../src/shared/crc32.ts";
import { HoldallError } from "../../../src/shared/holdall-error.ts";
import type { Digest } from "../../../src/transfers/host/host-link.ts";
import type { Journal } from "../../../src/transfers/journal/journal.ts";
import { transition } from "../../../src/transfers/machine.ts";
import type { ArchiveEntry, TransferRecord } from "../../../src/transfers/record.ts";
import { type Run, Stopped } from "../../../src/transfers/run.ts";
import type { Downloads, StoredObject, TransferDeps, TransferStore } from "../../../src/transfers/transfers.ts";
import { type GetFault, hostOf } from "./fetch-host.ts";

export interface FetchedObject {
  bytes: Uint8Array<ArrayBuffer>;
  etag: string;
  /** Of the bytes; null for a store that knows none. */
  crc32: string | null;
  contentEncoding?: string;
  /** What the browser makes of the bytes. */
  decoded?: Uint8Array<ArrayBuffer>;
}

interface Saved {
  id: number;
  url: string;
  filename: string;
  bytes: Uint8Array;
  state: "in_progress" | "complete" | "interrupted";
  error?: string;
}

export const segmentSize = 1000;
const owner = { profile: "p", identity: "alice" };

export function objectOf(bytes: Uint8Array<ArrayBuffer>, change: Partial<FetchedObject> = {}): FetchedObject {
  return { bytes, etag: `"${crc32(bytes)}-${bytes.length}"`, crc32: crc32Base64(crc32(bytes)), ...change };
}

export function recordOf(change: Partial<TransferRecord> = {}): TransferRecord {
  return {
    id: "t",
    owner,
    kind: "download",
    path: "a.bin",
    name: "a.bin",
    size: 0,
    files: 1,
    contentType: "",
    modifiedAt: null,
    crc32: null,
    fingerprint: null,
    ifExists: "fail",
    etag: null,
    state: "queued",
    staged: 0,
    live: false,
    segmentSize,
    partSize: 0,
    rank: 0,
    unsure: false,
    deduplicated: false,
    saving: null,
    attempts: 0,
    renames: 0,
    error: null,
    created: 0,
    ended: null,
    ...change,
  };
}

export function createFetchWorld(record: TransferRecord, entries: ArchiveEntry[] = []) {
  return {
    objects: new Map<string, FetchedObject>(),
    record,
    entries,
    segments: new Map<number, Uint8Array<ArrayBuffer>>(),
    parts: new Map<number, Digest>(),
    urls: new Map<string, Uint8Array>(),
    saved: [] as Saved[],
    requests: [] as string[],
    /** Asked before each GET. */
    fault: (_request: { path: string; range: string | null }): GetFault | null => null,
    /** Called when a GET was answered: what changes behind our back. */
    answered: (): void => {},
    /** Of each save: null completes it. */
    interruption: (): string | null => null,
    room: Number.POSITIVE_INFINITY,
    signedIn: "alice" as string | null,
    moved: new Map<number, number>(),
    /** GETs under way at once, at most. */
    peak: 0,
    urlCount: 0,
  };
}

export type FetchWorld = ReturnType<typeof createFetchWorld>;

/** A background from its start to its end. */
export interface Life {
  run: Run;
  /** Rejects when the background dies. */
  died: Promise<never>;
  abort: AbortController;
}

/** @param steps effects until it dies; whether the last one of them happens is the caller's choice */
export function startLife(world: FetchWorld, death?: { steps: number; carriedOut: boolean }): Life {
  let left = death?.steps ?? Number.POSITIVE_INFINITY;
  let end = (_: Error) => {};
  const died = new Promise<never>((_, reject) => {
    end = reject;
  });
  died.catch(() => undefined);
  const never = new Promise<never>(() => {});

  /** Every effect goes through here: after the death nothing happens any more, and nothing is answered. */
  async function step<T>(effect: () => T | Promise<T>): Promise<T> {
    if (left <= 0) return await never;
    left -= 1;
    if (left > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      return left <= 0 ? await never : await effect();
    }
    if (death?.carriedOut) await effect();
    end(new Error("died"));
    return await never;
  }

  const abort = new AbortController();
  const deps = {
    journal: journalOf(world, step),
    host: hostOf(world, step),
    downloads: downloadsOf(world, step),
    storage: () => storeOf(world, step),
    identity: () => world.signedIn,
    renew: async () => undefined,
    checkReach: async () => undefined,
    room: async () => world.room,
    now: () => Date.now(),
    random: () => 0.5,
    online: () => true,
    pause: () => step(() => undefined),
  } as unknown as TransferDeps;
  const run: Run = {
    deps,
    record: () => world.record,
    apply: (event) =>
      step(() => {
        const after = transition(world.record, event);
        if (after === world.record) throw new Stopped(`${event.type} in ${world.record.state}`);
        world.record = after;
      }),
    signal: abort.signal,
    moved: (part, bytes) => void world.moved.set(part, bytes),
    staged: async () => undefined,
    inSlot: (work) => work(),
  };
  return { run, died, abort };
}

/** Does an effect, unless its background is dead. */
export type Step = <T>(effect: () => T | Promise<T>) => Promise<T>;

function journalOf(world: FetchWorld, step: Step): Partial<Journal> {
  return {
    parts: () => step(() => new Map(world.parts)),
    putPart: (_id, index, digest) => step(() => void world.parts.set(index, digest)),
    dropBytes: () =>
      step(() => {
        world.parts.clear();
        world.segments.clear();
      }),
    entries: () => step(() => world.entries),
  };
}

function storeOf(world: FetchWorld, step: Step): Partial<TransferStore> {
  return {
    signGet: async ({ path, etag, range }) => ({
      method: "GET",
      url: `https://bucket.test/${encodeURIComponent(path)}`,
      headers: { ...(etag && { "if-match": etag }), ...(range && { range }) },
    }),
    head: (path) =>
      step((): StoredObject => {
        world.requests.push(`HEAD ${path}`);
        const found = world.objects.get(path);
        if (found === undefined) throw new HoldallError("file-missing", { subs: [path] });
        const { bytes, etag, crc32: sum, contentEncoding = null } = found;
        return { size: bytes.length, etag, crc32: sum, contentEncoding };
      }),
    explain: ({ status, headers, bodyText }, { action, path }) =>
      mapS3Response(status, headers, bodyText, { action: `s3:${action}`, name: path, host: "bucket.test" }),
  };
}

function downloadsOf(world: FetchWorld, step: Step): Downloads {
  return {
    start: (url, filename) =>
      step(() => {
        const bytes = world.urls.get(url);
        if (bytes === undefined) throw new HoldallError("save-failed", { subs: ["no such blob"] });
        const id = world.saved.length + 1;
        world.saved.push({ id, url, filename, bytes, state: "in_progress" });
        return id;
      }),
    find: (url) => step(() => world.saved.find((one) => one.url === url)?.id ?? null),
    finish: (id, url, signal) =>
      step(() => {
        const found = world.saved.find((one) => one.id === id && one.url === url);
        if (found === undefined) throw new HoldallError("save-failed", { subs: ["FILE_NO_LONGER_KNOWN"] });
        if (signal.aborted && found.state === "in_progress") found.error = "USER_CANCELED";
        else if (found.state === "in_progress") found.error = world.interruption() ?? "";
        found.state = found.error ? "interrupted" : "complete";
        if (found.error === "USER_CANCELED") throw new HoldallError("cancelled");
        if (found.error) throw new HoldallError("save-failed", { subs: [found.error] });
      }),
  };
}

/** The whole browser was killed: what it was saving, and every `blob:` URL, are gone. */
export function killBrowser(world: FetchWorld): void {
  world.urls.clear();
  for (const one of world.saved)
    if (one.state === "in_progress") Object.assign(one, { state: "interrupted", error: "CRASH" });
}

export function completed(world: FetchWorld): Saved[] {
  return world.saved.filter(({ state }) => state === "complete");
}

export function randomBytes(size: number, seed = 1): Uint8Array<ArrayBuffer> {
  let state = seed;
  return new Uint8Array(size).map(() => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state >>> 16;
  });
}
