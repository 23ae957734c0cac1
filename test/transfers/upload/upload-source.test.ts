/** A source that changes, or is lost, while it is sent. */
import { describe, expect, it } from "vitest";
import { HostFailure } from "../../../src/transfers/host/host-link.ts";
import { count, expectDone, hostWith, run } from "../support/upload-checks.ts";
import { content, createUploadWorld, recordIn, settle, uploadDeps, wanted } from "../support/upload-world.ts";

describe("a source", () => {
  it("that changes while it is read fails, and leaves nothing behind", async () => {
    const world = createUploadWorld();
    wanted(world, "a", content(100), { live: true, state: "queued" });
    const { host } = uploadDeps(world);
    await run(
      world,
      hostWith(world, {
        put: (input, watch) => {
          if (input.range.start === 40) return Promise.reject(new HostFailure("source"));
          return host.put(input, watch);
        },
      }),
    );
    expect(recordIn(world, "a")).toMatchObject({ state: "failed", error: { code: "file-unreadable" } });
    expect([world.s3.uploads.size, world.disk.uploads.size, world.s3.objects.size]).toEqual([0, 0, 0]);
  });

  it("that changes between checksum and sending is found out by S3", async () => {
    const world = createUploadWorld();
    wanted(world, "a", content(100), { live: true, state: "queued" });
    const { host } = uploadDeps(world);
    await run(
      world,
      hostWith(world, {
        put: (input, watch) => {
          if (input.range.start === 40) world.held.set("a", new Blob([content(100, 5)]));
          return host.put(input, watch);
        },
      }),
    );
    expect(recordIn(world, "a")).toMatchObject({ state: "failed", error: { code: "file-unreadable" } });
    expect([world.s3.uploads.size, world.s3.objects.size]).toEqual([0, 0]);
  });

  it("that changes without the browser's noticing makes no object of two files", async () => {
    const world = createUploadWorld();
    const bytes = content(300);
    wanted(world, "a", bytes, { live: true, state: "queued" });
    const { host } = uploadDeps(world);
    // A part that is sent already, and one that is read after the change: S3 sees nothing wrong in either.
    const other = bytes.map((byte, index) => (index === 5 || index === 295 ? byte ^ 1 : byte));
    const put: typeof host.put = (input, watch) => {
      if (input.range.start === 150) world.held.set("a", new Blob([other]));
      return host.put(input, watch);
    };
    await run(world, hostWith(world, { rereadSources: true, put }));
    expect(recordIn(world, "a")).toMatchObject({ state: "failed", error: { code: "file-unreadable" } });
    expect([world.s3.uploads.size, world.disk.uploads.size, world.s3.objects.size]).toEqual([0, 0, 0]);
  });

  it("that nobody holds any more is waited for, and the same upload goes on", async () => {
    const world = createUploadWorld();
    const bytes = content(100);
    wanted(world, "a", bytes, { live: true, state: "queued" });
    const { host } = uploadDeps(world);
    let ended = false;
    const transfers = await run(
      world,
      hostWith(world, {
        put: (input, watch) => {
          if (input.range.start === 60 && !ended) world.held.clear();
          ended ||= input.range.start === 60;
          return host.put(input, watch);
        },
      }),
    );
    expect(recordIn(world, "a")).toMatchObject({ state: "waiting", error: { code: "file-needed" } });
    expect(world.s3.uploads.size).toBe(1);
    await transfers.provide("a", new Blob([bytes]));
    await settle(world);
    expectDone(world);
    expect(count(world, "CREATE")).toBe(1);
  });
});
