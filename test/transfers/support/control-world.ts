/** What the control plane needs, without bytes on a network: a disk, a host that holds and copies files, runs that tests play. */
import { noTransfers, type TransfersView } from "../../../src/messaging/view.ts";
import { crc32, crc32Base64 } from "../../../src/shared/crc32.ts";
import { HoldallError } from "../../../src/shared/holdall-error.ts";
import { createTransfers } from "../../../src/transfers/create-transfers.ts";
import { HostFailure, type HostLink, type UploadBytes } from "../../../src/transfers/host/host-link.ts";
import { inlineSize, type Journal } from "../../../src/transfers/journal/journal.ts";
import type { Owner, TransferRecord } from "../../../src/transfers/record.ts";
import type { Run } from "../../../src/transfers/run.ts";
import { type TransferRuns, transferRuns } from "../../../src/transfers/transfer-runs.ts";
import type { TransferDeps } from "../../../src/transfers/transfers.ts";
import { planUpload } from "../../../src/transfers/upload/plan.ts";
import { createDisk, memoryJournal } from "./memory-journal.ts";

export const alice: Owner = { profile: "p", identity: "local|alice" };
export const bob: Owner = { profile: "p", identity: "local|bob" };

export function createWorld() {
  return {
    disk: createDisk(),
    /** What the host holds: it may outlive the background. */
    held: new Map<string, Blob>(),
    dropped: [] as string[],
    /** Ids and segments, in the order in which they were copied. */
    copied: [] as string[],
    signedIn: alice.identity as string | null,
    shown: alice as Owner | null,
    online: true,
    room: Number.POSITIVE_INFINITY,
    view: noTransfers as TransfersView,
    views: 0,
    now: 1_000_000,
  };
}

export type World = ReturnType<typeof createWorld>;

const unused = () => Promise.reject(new Error("not part of this test"));

export function controlHost(world: World): HostLink {
  const sourceOf = (id: string) => {
    const source = world.held.get(id);
    if (source === undefined) throw new HostFailure("source");
    return source;
  };
  const journal = memoryJournal(world.disk);
  const read = async ({ transferId, segmentSize, live }: UploadBytes, start: number, end: number) => {
    if (live) return sourceOf(transferId).slice(start, end).arrayBuffer();
    const segments: Blob[] = [];
    for (let index = 0; index * segmentSize < end; index++) {
      const segment = await journal.segment(transferId, index);
      if (segment === undefined) throw new HostFailure("source");
      segments.push(segment);
    }
    return new Blob(segments).slice(start, end).arrayBuffer();
  };
  return {
    hold: async (sources) => {
      for (const { transferId, source } of sources) world.held.set(transferId, source);
    },
    held: async () => [...world.held.keys()],
    drop: async (ids) => {
      for (const id of ids) if (world.held.delete(id)) world.dropped.push(id);
    },
    stage: async ({ transferId, index, range, last }) => {
      const bytes = await sourceOf(transferId).slice(range.start, range.end).arrayBuffer();
      await journal.putSegment(transferId, index, bytes);
      world.copied.push(`${transferId} ${index}`);
      if (last) world.held.delete(transferId);
      if (bytes.byteLength > inlineSize) return { digest: null };
      return { digest: { size: bytes.byteLength, crc32: crc32Base64(crc32(new Uint8Array(bytes))) } };
    },
    matches: async ({ bytes, size }) => {
      if (bytes.live) {
        const { partSize } = planUpload(size);
        for (const [number, known] of await journal.parts(bytes.transferId)) {
          const start = (number - 1) * partSize;
          const now = new Uint8Array(await read(bytes, start, start + known.size));
          if (crc32Base64(crc32(now)) !== known.crc32) return false;
        }
        return true;
      }
      const copied = new Uint8Array(await read(bytes, 0, size));
      const source = new Uint8Array(await sourceOf(bytes.transferId).slice(0, size).arrayBuffer());
      return Buffer.compare(copied, source) === 0;
    },
    digest: async ({ bytes, range }) => {
      const found = new Uint8Array(await read(bytes, range.start, range.end));
      return { size: found.length, crc32: crc32Base64(crc32(found)) };
    },
    ...{ put: unused, send: unused, open: unused, fetch: unused, take: unused, compose: unused },
    release: () => undefined,
  };
}

export function controlDeps(world: World, change: Partial<TransferDeps> = {}): TransferDeps {
  return {
    storage: () => Promise.reject(new HoldallError("signed-out")),
    identity: async () => world.signedIn,
    renew: async () => undefined,
    owner: async () => world.shown,
    checkPath: (_identity, path) => {
      if (path.includes("..")) throw new HoldallError("name-dot-segment", { subs: [path] });
    },
    checkReach: async () => undefined,
    sendOnce: () => false,
    room: async () => world.room,
    host: controlHost(world),
    journal: memoryJournal(world.disk),
    downloads: { start: unused, find: async () => null, finish: unused },
    stored: () => undefined,
    changed: (view) => {
      world.view = view;
      world.views += 1;
    },
    now: () => world.now,
    random: () => 0.5,
    online: () => world.online,
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    ...change,
  };
}

/** A run that does what the least of uploads and downloads does, after `work`. */
export function simpleRun(work: (run: Run) => Promise<unknown> = async () => undefined) {
  return async (run: Run): Promise<void> => {
    await run.apply({ type: "started" });
    if ((await run.deps.identity(run.record().owner.profile)) !== run.record().owner.identity) {
      throw new HoldallError("signed-out");
    }
    const { kind, size } = run.record();
    if (kind === "upload") {
      // S3 was asked, and has nothing.
      if (run.record().unsure) await run.apply({ type: "absent" });
      await run.staged(size);
      await run.apply({ type: "digested", crc32: "AAAAAA==", fingerprint: null });
      await run.inSlot(() => work(run));
      await run.apply({ type: "committing" });
    } else {
      await run.inSlot(() => work(run));
      await run.apply({ type: "handing", url: "blob:1" });
    }
    await run.apply({ type: "proved" });
  };
}

export function allRuns(run: (run: Run) => Promise<void>): TransferRuns {
  return { upload: run, download: run, archive: run, abort: transferRuns.abort };
}

export function startTransfers(
  world: World,
  change: Partial<TransferDeps> = {},
  runs: TransferRuns = allRuns(simpleRun()),
) {
  return createTransfers(controlDeps(world, change), runs);
}

export const file = (text: string) => new Blob([text], { type: "text/plain" });

/** So many bytes, of which a test needs only the number. */
export function sized(size: number, fill = 1): Blob {
  return new Blob([new Uint8Array(size).fill(fill)]);
}

export function recordsOf(world: World): TransferRecord[] {
  return [...world.disk.records.values()];
}

export function statesOf(world: World): string[] {
  return recordsOf(world).map(({ state }) => state);
}

/** A journal with some calls of its own. */
export function journalWith(world: World, change: Partial<Journal>): Journal {
  return { ...memoryJournal(world.disk), ...change };
}

/** Lets everything that is ready run; the fake pauses take one turn each. */
export async function quiet(turns = 60): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}
