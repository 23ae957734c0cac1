/** What tests of uploads ask of an {@link UploadWorld}. */
import { expect } from "vitest";
import type { TransferDeps } from "../../../src/transfers/transfers.ts";
import { arrived, begin, recordIn, settle, type UploadWorld, uploadDeps } from "./upload-world.ts";

/** One life, until nothing goes on by itself. */
export async function run(world: UploadWorld, change: Partial<TransferDeps> = {}) {
  const transfers = begin(world, change);
  await settle(world);
  return transfers;
}

/** Requests that name an operation. */
export const count = (world: UploadWorld, operation: string) =>
  world.s3.requests.filter((request) => request.startsWith(`${operation} `)).length;

/** Done, there byte by byte, and nothing left open. */
export function expectDone(world: UploadWorld, id = "a"): void {
  expect(recordIn(world, id)).toMatchObject({ state: "done", error: null });
  expect(arrived(world, recordIn(world, id))).toBe(true);
  expect([world.disk.uploads.size, world.s3.uploads.size, world.lies.length]).toEqual([0, 0, 0]);
}

/** A host that fails in its own way, before S3 is asked. */
export function hostWith(world: UploadWorld, change: Partial<TransferDeps["host"]>): Partial<TransferDeps> {
  return { host: { ...uploadDeps(world).host, ...change } };
}
