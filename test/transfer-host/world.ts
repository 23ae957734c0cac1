import "fake-indexeddb/auto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach } from "vitest";
import { crc32 } from "../../src/shared/crc32.ts";
import { createHeartbeat, type Heartbeat } from "../../src/transfer-host/heartbeat.ts";
import { createHost, type HostDeps } from "../../src/transfer-host/host.ts";
import type { HostLink } from "../../src/transfers/host/host-link.ts";
import { createJournal } from "../../src/transfers/journal/create-journal.ts";
import type { Journal } from "../../src/transfers/journal/journal.ts";

const closers: (() => void)[] = [];
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A server on loopback until the test's end. Returns its address, with a slash at the end. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** A host with a journal of its own. XMLHttpRequest is the browser's: `put` has to be given. */
export function hostWorld(change: Partial<HostDeps> = {}): { host: HostLink; journal: Journal; heartbeat: Heartbeat } {
  const journal = createJournal();
  const heartbeat = createHeartbeat();
  const host = createHost({ journal, heartbeat, fetch, rereadSources: true, stallTime: 500, ...change });
  return { host, journal, heartbeat };
}

export const watch = (signal = new AbortController().signal) => ({ signal });

/** Bytes that are no constant. */
export const bytesOf = (size: number, seed = 0) =>
  new Uint8Array(size).map((_, index) => (index * 31 + (index >>> 9) + seed) & 255);

/** The CRC of bytes, which `expect` compares in no time; megabytes take it minutes. */
export async function sumOf(bytes: Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | undefined): Promise<string> {
  const all = new Uint8Array((await (bytes === undefined ? undefined : new Blob([bytes]))?.arrayBuffer()) ?? []);
  return `${all.length} ${crc32(all)}`;
}
