/** A folder in memory, a host that moves bytes into it, and a browser that saves files: what transfers need, without network. */
import { mapS3Response } from "../../src/aws/map-error.ts";
import type { TransferView } from "../../src/messaging/view.ts";
import { crc32, crc32Base64 } from "../../src/shared/crc32.ts";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import { createTransfers } from "../../src/transfers/create-transfers.ts";
import { type HostAnswer, HostFailure, type HostLink, type SignedRequest } from "../../src/transfers/host-link.ts";
import type { Journal } from "../../src/transfers/journal.ts";
import type { Owner, TransferRecord } from "../../src/transfers/record.ts";
import type { TransferDeps, TransferStore } from "../../src/transfers/transfers.ts";

export const alice: Owner = { profile: "p", identity: "local|alice" };

export interface StoredBytes {
  bytes: Uint8Array;
  crc32: string | null;
  metadata: Record<string, string>;
}

/** What the next PUT or GET meets. `cut-after`: carried out, the answer lost. */
export type Fault =
  | { kind: "cut-before" | "cut-after" | "stalled" | "host-lost" }
  | { kind: "answer"; status: number; code: string; carriedOut?: boolean };

export function createWorld() {
  const world = {
    objects: new Map<string, StoredBytes>(),
    /** Keys of the PUTs that were carried out, in order. */
    puts: [] as string[],
    requests: [] as string[],
    faults: [] as Fault[],
    saved: [] as { filename: string; bytes: Uint8Array }[],
    released: [] as string[],
    signedIn: alice.identity as string | null,
    shown: alice as Owner | null,
    online: true,
    renewals: 0,
    /** False: a store that knows no CRC32. */
    checksums: true,
    /** False: a store that takes no notice of a signed checksum. */
    echoes: true,
    /** False: the person has taken the permission for S3's host away. */
    reachable: true,
    views: [] as TransferView[],
    records: new Map<string, TransferRecord>(),
    blobs: new Map<string, Blob>(),
    urls: new Map<string, Uint8Array>(),
    downloads: new Map<number, { filename: string; state: "done" | "lost" }>(),
  };
  return world;
}

export type World = ReturnType<typeof createWorld>;

const keyOf = (request: SignedRequest) => decodeURIComponent(new URL(request.url).pathname.slice(1));

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

export function memoryJournal(world: World): Journal {
  return {
    list: async () => [...world.records.values()].map((record) => structuredClone(record)),
    add: async (record, bytes) => {
      world.records.set(record.id, structuredClone(record));
      if (bytes !== null) world.blobs.set(record.id, bytes);
    },
    update: async (record) => void world.records.set(record.id, structuredClone(record)),
    end: async (record) => {
      world.records.set(record.id, structuredClone(record));
      world.blobs.delete(record.id);
    },
    bytes: async (id) => world.blobs.get(id),
    remove: async (ids) => {
      for (const id of ids) {
        world.records.delete(id);
        world.blobs.delete(id);
      }
    },
  };
}

function memoryStore(world: World, { identity }: Owner): TransferStore {
  const urlOf = (path: string) => `https://bucket.test/${encodeURIComponent(`${identity}/${path}`)}`;
  return {
    signPut: async ({ path, crc32: sum, ifNoneMatch, metadata }) => ({
      method: "PUT",
      url: urlOf(path),
      headers: {
        ...(world.checksums && sum !== null && { "x-amz-checksum-crc32": sum }),
        ...(ifNoneMatch && { "if-none-match": "*" }),
        ...Object.fromEntries(Object.entries(metadata ?? {}).map(([name, value]) => [`x-amz-meta-${name}`, value])),
      },
    }),
    explain: ({ status, headers, bodyText }, { action, path }) =>
      mapS3Response(status, headers, bodyText, { action: `s3:${action}`, name: path, host: "bucket.test" }),
    signGet: async ({ path }) => ({ method: "GET", url: urlOf(path), headers: {} }),
    head: async (path) => {
      world.requests.push(`HEAD ${path}`);
      const found = world.objects.get(`${identity}/${path}`);
      if (found === undefined) throw new HoldallError("file-missing", { subs: [path] });
      return { size: found.bytes.length, etag: "e", crc32: found.crc32, metadata: found.metadata };
    },
  };
}

function answer(status: number, code = "", headers: Record<string, string> = {}): HostAnswer {
  return { status, headers, bodyText: code === "" ? "" : `<Error><Code>${code}</Code><Message>m</Message></Error>` };
}

function carryOut(world: World, request: SignedRequest, bytes: Uint8Array): HostAnswer {
  const key = keyOf(request);
  if (request.headers["if-none-match"] === "*" && world.objects.has(key)) return answer(412, "PreconditionFailed");
  const signed = request.headers["x-amz-checksum-crc32"] ?? null;
  if (signed !== null && signed !== crc32Base64(crc32(bytes))) return answer(400, "BadDigest");
  const prefix = "x-amz-meta-";
  const metadata = Object.entries(request.headers).flatMap(([name, value]) =>
    name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
  );
  world.objects.set(key, { bytes, crc32: signed, metadata: Object.fromEntries(metadata) });
  world.puts.push(key);
  return answer(200, "", { etag: "e", ...(signed !== null && world.echoes && { "x-amz-checksum-crc32": signed }) });
}

export function memoryHost(world: World, journal: Journal): HostLink {
  const read = async (id: string) => {
    const blob = await journal.bytes(id);
    if (blob === undefined) throw new HostFailure("source");
    return new Uint8Array(await blob.arrayBuffer());
  };
  /** Answers in place of the service when a fault says so. */
  const meet = <T>(work: () => T, failed: (answer: HostAnswer) => T): T => {
    const fault = world.faults.shift();
    if (fault === undefined) return work();
    if (fault.kind === "answer") {
      if (fault.carriedOut) work();
      return failed(answer(fault.status, fault.code));
    }
    if (fault.kind === "cut-after") work();
    const kinds = {
      "cut-before": "network",
      "cut-after": "network",
      stalled: "stalled",
      "host-lost": "host-lost",
    } as const;
    throw new HostFailure(kinds[fault.kind]);
  };
  return {
    digest: async (id) => {
      const bytes = await read(id);
      return { size: bytes.length, crc32: crc32Base64(crc32(bytes)) };
    },
    put: async (id, request, { signal, progress }) => {
      world.requests.push(`PUT ${keyOf(request)}`);
      const bytes = await read(id);
      progress?.(bytes.length, bytes.length);
      if (signal.aborted) throw new HostFailure("cancelled");
      return meet(
        () => carryOut(world, request, bytes),
        (refusal) => refusal,
      );
    },
    get: async (request) => {
      world.requests.push(`GET ${keyOf(request)}`);
      type Got = Awaited<ReturnType<HostLink["get"]>>;
      return meet<Got>(
        () => {
          const found = world.objects.get(keyOf(request));
          if (found === undefined) return { answer: answer(404, "NoSuchKey"), fetched: null };
          const url = `blob:${world.urls.size}`;
          world.urls.set(url, found.bytes);
          const sent = found.crc32 === null ? {} : { "x-amz-checksum-crc32": found.crc32 };
          const headers = { etag: '"e"', "content-length": String(found.bytes.length), ...sent };
          const sum = crc32Base64(crc32(found.bytes));
          return { answer: answer(200, "", headers), fetched: { url, size: found.bytes.length, crc32: sum } };
        },
        (refusal) => ({ answer: refusal, fetched: null }),
      );
    },
    release: (url) => void world.released.push(url),
  };
}

export function worldDeps(world: World, journal = memoryJournal(world)): TransferDeps {
  return {
    journal,
    host: memoryHost(world, journal),
    storage: async (owner) => {
      if (world.signedIn !== owner.identity) throw new HoldallError("signed-out");
      return memoryStore(world, owner);
    },
    identity: async () => world.signedIn,
    renew: async () => {
      world.renewals += 1;
    },
    owner: async () => world.shown,
    checkPath: (_identity, path) => {
      if (path.includes("..")) throw new HoldallError("name-dot-segment", { subs: [path] });
    },
    checkReach: async (url) => {
      if (!world.reachable) throw new HoldallError("permission-needed", { subs: [new URL(url).hostname] });
    },
    downloads: {
      start: async (url, filename) => {
        const bytes = world.urls.get(url);
        if (bytes === undefined) throw new HoldallError("save-failed", { subs: ["no such blob"] });
        const id = world.downloads.size + 1;
        world.downloads.set(id, { filename, state: "done" });
        world.saved.push({ filename, bytes });
        return id;
      },
      finish: async (id) => {
        if (world.downloads.get(id)?.state !== "done") throw new HoldallError("save-failed", { subs: ["lost"] });
      },
    },
    stored: () => undefined,
    changed: (views) => {
      world.views = views;
    },
    now: () => Date.now(),
    random: () => 0.5,
    online: () => world.online,
    pause: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

export function startTransfers(world: World, change: Partial<TransferDeps> = {}) {
  return createTransfers({ ...worldDeps(world), ...change });
}

/** Lets everything that is ready run; the fake pauses take one turn each. */
export async function quiet(turns = 60): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}
