/** Uploads against an S3 in memory, in which the background may die at any step while disk, host and S3 go on. */
import { crc32, crc32Base64 } from "../../../src/shared/crc32.ts";
import { HoldallError } from "../../../src/shared/holdall-error.ts";
import { createTransfers } from "../../../src/transfers/create-transfers.ts";
import { HostFailure, type HostLink, type UploadBytes } from "../../../src/transfers/host/host-link.ts";
import type { Owner, TransferRecord } from "../../../src/transfers/record.ts";
import { transferRuns } from "../../../src/transfers/transfer-runs.ts";
import type { TransferDeps } from "../../../src/transfers/transfers.ts";
import { createDisk, memoryJournal } from "./memory-journal.ts";
import { createS3, meet, memoryStore } from "./memory-s3.ts";
import { recordOf } from "./record-of.ts";

export const alice: Owner = { profile: "p", identity: "alice" };

/** Bytes of a part and of a segment: small, so that a test has many. */
export const partSize = 10;
const segmentSize = 20;

export function createUploadWorld() {
  return {
    disk: createDisk(),
    s3: createS3(),
    held: new Map<string, Blob>(),
    signedIn: alice.identity as string | null,
    online: true,
    reachable: true,
    sendOnce: false,
    room: Number.POSITIVE_INFINITY,
    renewals: 0,
    /** Paths that were said to be stored. */
    stored: [] as string[],
    /** What was wrong whenever something was said to be done. */
    lies: [] as string[],
    digests: 0,
  };
}

export type UploadWorld = ReturnType<typeof createUploadWorld>;

const contents = new WeakMap<UploadWorld, Map<string, Uint8Array>>();

/** Bytes that differ in every part. */
export function content(size: number, seed = 1): Uint8Array<ArrayBuffer> {
  return new Uint8Array(size).map((_, index) => (index * 31 + seed * 17 + Math.floor(index / 251)) % 256);
}

/** An upload that the person ordered: journalled, its source held, nothing copied yet. */
export function wanted(world: UploadWorld, id: string, bytes: Uint8Array<ArrayBuffer>, change: Change = {}): void {
  note(world, id, bytes, { state: "staging", staged: 0, ...change });
  world.held.set(id, new Blob([bytes]));
}

/** An upload in the queue, all of it copied. */
export function copied(world: UploadWorld, id: string, bytes: Uint8Array<ArrayBuffer>, change: Change = {}): void {
  const record = note(world, id, bytes, { state: "queued", staged: bytes.length, ...change });
  for (let start = 0; start < bytes.length; start += record.segmentSize) {
    const segment = new Blob([bytes.slice(start, start + record.segmentSize)]);
    world.disk.segments.set(`${id} ${start / record.segmentSize}`, segment);
  }
}

type Change = Partial<TransferRecord>;

function note(world: UploadWorld, id: string, bytes: Uint8Array<ArrayBuffer>, change: Change): TransferRecord {
  const size = bytes.length;
  const plan = size <= partSize ? { partSize: 0, segmentSize: partSize } : { partSize, segmentSize };
  const record = recordOf(id, { owner: alice, path: id, name: id, size, ...plan, ...change });
  world.disk.records.set(id, record);
  const all = contents.get(world) ?? new Map<string, Uint8Array>();
  contents.set(world, all.set(id, bytes));
  return record;
}

function uploadHost(world: UploadWorld): HostLink {
  const journal = memoryJournal(world.disk);
  const { s3 } = world;
  const source = (id: string) => {
    const found = world.held.get(id);
    if (found === undefined) throw new HostFailure("source");
    return found;
  };
  const read = async ({ transferId, segmentSize: step, live }: UploadBytes, start: number, end: number) => {
    const index = Math.floor(start / step);
    const from = live ? source(transferId) : await journal.segment(transferId, index);
    if (from === undefined && end > start) throw new HostFailure("source");
    const shift = live ? 0 : index * step;
    return new Uint8Array((await from?.slice(start - shift, end - shift).arrayBuffer()) ?? new ArrayBuffer(0));
  };
  const hashed = async (bytes: Uint8Array<ArrayBuffer>, sha256: boolean) => ({
    ...{ size: bytes.length, crc32: crc32Base64(crc32(bytes)) },
    ...(sha256 && { sha256: Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("base64") }),
  });
  const unused = () => Promise.reject(new Error("not part of this test"));
  return {
    hold: async (sources) => {
      for (const { transferId, source: blob } of sources) world.held.set(transferId, blob);
    },
    held: async () => [...world.held.keys()],
    drop: async (ids) => {
      for (const id of ids) world.held.delete(id);
    },
    stage: async ({ transferId, index, range, last }) => {
      const bytes = new Uint8Array(await source(transferId).slice(range.start, range.end).arrayBuffer());
      await journal.putSegment(transferId, index, bytes.buffer);
      if (last) world.held.delete(transferId);
      return { digest: bytes.length <= partSize ? await hashed(bytes, false) : null };
    },
    matches: async () => true,
    digest: async ({ bytes, range, sha256 }) => {
      world.digests += 1;
      return hashed(await read(bytes, range.start, range.end), sha256);
    },
    put: async ({ bytes, range, request }, { signal, progress }) => {
      const body = await read(bytes, range.start, range.end);
      if (signal.aborted) throw new HostFailure("cancelled");
      progress?.(body.length, body.length);
      return meet(s3, request, body);
    },
    send: async (request) => meet(s3, request),
    open: async (upload, request) => {
      const answer = meet(s3, request);
      const uploadId = /<UploadId>(.*)<\/UploadId>/.exec(answer.bodyText)?.[1] ?? null;
      if (uploadId !== null) await journal.noteUpload({ ...upload, uploadId });
      return { answer, uploadId };
    },
    ...{ fetch: unused, take: unused, compose: unused },
    release: () => undefined,
  };
}

/** Whether S3 has this very upload, byte by byte. */
export function arrived(world: UploadWorld, { id, owner, path }: TransferRecord): boolean {
  const object = world.s3.objects.get(`${owner.identity}/${path}`);
  const bytes = contents.get(world)?.get(id);
  return object !== undefined && bytes !== undefined && Buffer.compare(object.bytes, bytes) === 0;
}

export function uploadDeps(world: UploadWorld): TransferDeps {
  const journal = memoryJournal(world.disk);
  const never = () => Promise.reject(new Error("not part of this test"));
  return {
    journal: {
      ...journal,
      end: async (records) => {
        for (const record of records) {
          if (record.state === "done" && !arrived(world, record)) world.lies.push(record.path);
        }
        await journal.end(records);
      },
    },
    host: uploadHost(world),
    storage: async (owner) => {
      if (world.signedIn !== owner.identity) throw new HoldallError("signed-out");
      return memoryStore(world.s3, owner.identity);
    },
    identity: async () => world.signedIn,
    renew: async () => {
      world.renewals += 1;
    },
    owner: async () => alice,
    checkPath: () => undefined,
    checkReach: async (url) => {
      if (!world.reachable) throw new HoldallError("permission-needed", { subs: [new URL(url).hostname] });
    },
    sendOnce: () => world.sendOnce,
    room: async () => world.room,
    downloads: { start: never, find: async () => null, finish: never },
    stored: (_owner, { path }) => void world.stored.push(path),
    changed: () => undefined,
    now: () => Date.now(),
    random: () => 0.5,
    online: () => world.online,
    pause: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

/** One life of the background, which goes on with what is on disk. */
export function begin(world: UploadWorld, change: Partial<TransferDeps> = {}) {
  const transfers = createTransfers({ ...uploadDeps(world), ...change }, transferRuns);
  void transfers.resume();
  return transfers;
}

export function recordIn(world: UploadWorld, id: string): TransferRecord {
  const record = world.disk.records.get(id);
  if (record === undefined) throw new Error(`no record ${id}`);
  return record;
}

/**
 * Waits until no transfer goes on by itself: it ended, or has waited for longer than a test's pauses take. By the clock, since
 * reading blobs and hashing happen in other threads.
 * @param over ends the wait
 */
export async function settle(world: UploadWorld, over = () => false): Promise<void> {
  const limit = Date.now() + 5000;
  let waitingSince = Number.POSITIVE_INFINITY;
  while (Date.now() < limit && !over()) {
    await quiet(5);
    const states = [...world.disk.records.values()].map(({ state }) => state);
    const going = states.filter((state) => !["done", "failed", "cancelled", "paused"].includes(state));
    if (going.length === 0) break;
    if (going.some((state) => state !== "waiting")) waitingSince = Number.POSITIVE_INFINITY;
    else waitingSince = Math.min(waitingSince, Date.now());
    if (Date.now() - waitingSince > 30) break;
  }
  await quiet(20);
}

export async function quiet(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}
