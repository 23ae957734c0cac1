/** Uploads while the journal takes no more. */
import { describe, expect, it } from "vitest";
import { crc32, crc32Base64 } from "../../../src/shared/crc32.ts";
import { HoldallError } from "../../../src/shared/holdall-error.ts";
import { HostFailure, type HostLink } from "../../../src/transfers/host/host-link.ts";
import type { Journal } from "../../../src/transfers/journal/journal.ts";
import { expectDone, hostWith, run } from "../support/upload-checks.ts";
import {
  begin,
  content,
  copied,
  createUploadWorld,
  partSize,
  quiet,
  recordIn,
  settle,
  type UploadWorld,
  uploadDeps,
  wanted,
} from "../support/upload-world.ts";

const full = () => Promise.reject(new HoldallError("journal-full"));
describe("without room in the journal", () => {
  it("no upload is left at S3 that nobody knows", async () => {
    const world = createUploadWorld();
    copied(world, "a", content(50));
    const { host } = uploadDeps(world);
    const open: typeof host.open = async (...input) => {
      const opened = await host.open(...input);
      world.disk.uploads.clear();
      return { ...opened, unnoted: "full" };
    };
    const transfers = await run(world, hostWith(world, { open }));
    expect(recordIn(world, "a")).toMatchObject({ state: "failed", error: { code: "journal-full" } });
    expect([world.s3.uploads.size, world.disk.uploads.size]).toEqual([0, 0]);
    await transfers.cancel("all");
  });

  it.each([0, 1, 2, 3, 4])("what is not copied yet at segment %i is read from the source", async (copies) => {
    const world = createUploadWorld();
    wanted(world, "a", content(95));
    const { host } = uploadDeps(world);
    let left = copies;
    const stage: typeof host.stage = (...input) =>
      left-- > 0 ? host.stage(...input) : Promise.reject(new HostFailure("full"));
    await run(world, hostWith(world, { stage }));
    expectDone(world);
    // The host lets go of it.
    expect(world.held.size).toBe(0);
  });

  it.each([
    ["the same file", content(95), undefined, "done"],
    ["another file of that size", content(95, 4), { code: "file-changed" }, "waiting"],
    ["a longer file", content(96), { code: "file-changed" }, "waiting"],
    ["a file that differs only where nothing was sent yet", changedAt(content(95), 94), undefined, "done"],
  ] as const)("and after a restart of the browser, %s is given again", async (_, bytes, refusal, state) => {
    const world = createUploadWorld();
    wanted(world, "a", content(95));
    const { host } = uploadDeps(world);
    const stage: typeof host.stage = (input, watch) =>
      input.index === 0 ? host.stage(input, watch) : Promise.reject(new HostFailure("full"));
    const put: typeof host.put = (input, watch) =>
      input.range.start >= 50 ? new Promise(() => undefined) : host.put(input, watch);
    begin(world, hostWith(world, { stage, put }));
    await settle(world, () => [...world.s3.uploads.values()][0]?.parts.size === 5);
    expect(recordIn(world, "a")).toMatchObject({ live: true });
    const sent = world.s3.received;
    expect(sent).toBeGreaterThanOrEqual(50);
    // The browser is killed: nobody holds the file, and what was computed ahead may be lost.
    world.held.clear();
    const known = world.disk.parts.get("a");
    for (const number of known?.keys() ?? []) if (number > 5) known?.delete(number);
    const second = hostWith(world, { matches: matching(world) });
    const transfers = await run(world, second);
    expect(recordIn(world, "a")).toMatchObject({ state: "waiting", error: { code: "file-needed" } });
    const given = transfers.provide("a", new Blob([bytes]));
    if (refusal === undefined) await given;
    else await expect(given).rejects.toMatchObject(refusal);
    await settle(world);
    expect(recordIn(world, "a").state).toBe(state);
    const object = world.s3.objects.get("alice/a");
    if (state === "done") expect(Buffer.compare(object?.bytes ?? Buffer.of(), bytes)).toBe(0);
    else expect([object, world.held.size]).toEqual([undefined, 0]);
    expect(world.s3.received - sent).toBeLessThanOrEqual(state === "done" ? 45 : 0);
  });

  it("a new upload is refused whole, and nothing of it is kept", async () => {
    const world = createUploadWorld();
    const transfers = await run(world, { journal: { ...uploadDeps(world).journal, add: full } satisfies Journal });
    const input = { file: new Blob([content(30)]), path: "a", ifExists: "fail" } as const;
    await expect(transfers.uploadAll([input, input])).rejects.toMatchObject({ code: "journal-full" });
    expect([world.disk.records.size, world.held.size, world.s3.requests.length]).toEqual([0, 0, 0]);
  });

  it("an upload whose record cannot be written sends nothing, and does once it can", async () => {
    const world = createUploadWorld();
    copied(world, "a", content(50));
    const { journal } = uploadDeps(world);
    let room = false;
    const update: Journal["update"] = (records) => (room ? journal.update(records) : full());
    const transfers = begin(world, { journal: { ...journal, update } });
    await quiet(200);
    expect([world.s3.objects.size, recordIn(world, "a").state]).toEqual([0, "queued"]);
    room = true;
    await transfers.retry("all");
    await settle(world);
    expectDone(world);
  });
});

/** As the host does it, for the parts and segments of this world. */
function matching(world: UploadWorld): HostLink["matches"] {
  return async ({ bytes: { transferId, live }, size }) => {
    const source = new Uint8Array((await world.held.get(transferId)?.arrayBuffer()) ?? []);
    if (live) {
      const parts = [...(world.disk.parts.get(transferId) ?? [])];
      return parts.every(([number, { size: length, crc32: sum }]) => {
        const start = (number - 1) * partSize;
        return crc32Base64(crc32(source.slice(start, start + length))) === sum;
      });
    }
    const first = await world.disk.segments.get(`${transferId} 0`)?.arrayBuffer();
    return Buffer.compare(new Uint8Array(first ?? new ArrayBuffer(0)), source.slice(0, size)) === 0;
  };
}

function changedAt(bytes: Uint8Array<ArrayBuffer>, at: number): Uint8Array<ArrayBuffer> {
  const changed = bytes.slice();
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}
