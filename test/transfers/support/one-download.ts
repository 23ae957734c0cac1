/** A world with one object of 4,500 bytes, and its download. */
import { expect } from "vitest";
import { runDownload } from "../../../src/transfers/download/download.ts";
import type { GetFault } from "./fetch-host.ts";
import {
  completed,
  createFetchWorld,
  type FetchWorld,
  objectOf,
  randomBytes,
  recordOf,
  startLife,
} from "./fetch-world.ts";

export const bytes = randomBytes(4500);

export function createWorld(change: Parameters<typeof recordOf>[0] = {}, stored = objectOf(bytes)): FetchWorld {
  const world = createFetchWorld(recordOf(change));
  world.objects.set("a.bin", stored);
  return world;
}

export const download = (world: FetchWorld) => runDownload(startLife(world).run);
export const gets = (world: FetchWorld) => world.requests.filter((request) => request.startsWith("GET"));

export function expectSaved(world: FetchWorld, content: Uint8Array = bytes): void {
  expect(completed(world)).toHaveLength(1);
  expect(Buffer.compare(completed(world)[0]?.bytes ?? new Uint8Array(), content)).toBe(0);
  expect(world.record.state).toBe("done");
}

/** The first so many GETs meet it. */
export function faults(...list: (GetFault | null)[]): FetchWorld["fault"] {
  return () => list.shift() ?? null;
}
