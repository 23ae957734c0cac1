/** What S3 holds of an upload is asked for and compared, before anything is sent or completed. */
import { describe, expect, it } from "vitest";
import { crc32, crc32Base64 } from "../../../src/shared/crc32.ts";
import { HostFailure } from "../../../src/transfers/host/host-link.ts";
import type { TransferRecord } from "../../../src/transfers/record.ts";
import { count, expectDone, hostWith, run } from "../support/upload-checks.ts";
import { alice, content, copied, createUploadWorld, recordIn, uploadDeps } from "../support/upload-world.ts";

describe("what S3 holds of an upload", () => {
  it("is sent again where it is not what was planned", async () => {
    const world = createUploadWorld();
    const size = 50;
    copied(world, "a", content(size));
    world.online = false;
    const { host } = uploadDeps(world);
    let left = 3;
    const put: typeof host.put = (input, watch) => {
      if (left-- > 0) return host.put(input, watch);
      return Promise.reject(new HostFailure("network"));
    };
    await run(world, hostWith(world, { put }));
    expect(recordIn(world, "a")).toMatchObject({ state: "waiting", error: { code: "offline" } });
    const open = [...world.s3.uploads.values()][0];
    const part = open?.parts.get(1);
    expect(part).toBeDefined();
    if (part !== undefined) open?.parts.set(1, { ...part, size: 9, bytes: part.bytes.slice(0, 9) });
    const second = open?.parts.get(2);
    if (second !== undefined) open?.parts.set(2, { ...second, crc32: "AAAAAA==", bytes: content(10, 7) });
    world.online = true;
    world.s3.received = 0;
    await run(world);
    expectDone(world);
    expect(world.s3.received).toBe(size - 10);
  });

  it("is sent to a new one when the upload is gone", async () => {
    const world = createUploadWorld();
    copied(world, "a", content(50));
    const { host } = uploadDeps(world);
    let gone = false;
    await run(
      world,
      hostWith(world, {
        put: (input, watch) => {
          if (input.range.start === 40 && !gone) world.s3.faults.push("gone");
          gone ||= input.range.start === 40;
          return host.put(input, watch);
        },
      }),
    );
    expect(count(world, "CREATE")).toBe(2);
    expectDone(world);
    expect(world.s3.made).toEqual(["alice/a"]);
  });

  it("is aborted when S3 only seems to have forgotten it", async () => {
    const world = createUploadWorld();
    copied(world, "a", content(50));
    const { host } = uploadDeps(world);
    let said = false;
    await run(
      world,
      hostWith(world, {
        put: (input, watch) => {
          if (!said) world.s3.faults.push({ status: 404, code: "NoSuchUpload" });
          said = true;
          return host.put(input, watch);
        },
      }),
    );
    expectDone(world);
    expect(count(world, "CREATE")).toBe(2);
  });

  it("fails when it is gone again and again", async () => {
    const world = createUploadWorld();
    copied(world, "a", content(30));
    const { host } = uploadDeps(world);
    await run(
      world,
      hostWith(world, {
        put: (input, watch) => {
          world.s3.uploads.clear();
          return host.put(input, watch);
        },
      }),
    );
    expect(recordIn(world, "a")).toMatchObject({ state: "failed", error: { code: "upload-missing" } });
    expect(world.disk.uploads.size).toBe(0);
    expect(count(world, "CREATE")).toBeLessThan(6);
  });

  it("is compared by size where the store knows no checksums", async () => {
    const world = createUploadWorld();
    world.s3.checksums = false;
    copied(world, "a", content(50));
    await run(world);
    expectDone(world);
    expect(count(world, "LIST")).toBe(1);
    expect(world.s3.requests.slice(-2)).toEqual(["COMPLETE alice/a", "HEAD alice/a"]);
  });

  it("is not completed without a part that S3 does not list", async () => {
    const world = createUploadWorld();
    world.s3.echoes = false;
    copied(world, "a", content(50));
    const { host, storage } = uploadDeps(world);
    let lost = 0;
    await run(world, {
      host,
      storage: async (owner) => {
        const folder = await storage(owner);
        const listParts: typeof folder.listParts = async (upload) => {
          const parts = await folder.listParts(upload);
          // S3 lost one, as it should not.
          return lost++ === 0 ? parts.filter(({ partNumber }) => partNumber !== 3) : parts;
        };
        return { ...folder, listParts };
      },
    });
    expectDone(world);
    expect(count(world, "COMPLETE")).toBe(1);
  });
});

it("a replacement that was completed while it was paused is found, and not sent once more", async () => {
  const world = createUploadWorld();
  const bytes = content(50);
  const sum = crc32Base64(crc32(bytes));
  copied(world, "a", bytes, { ifExists: "replace", crc32: sum });
  // A HEAD before it was completed had said that there is none.
  world.s3.objects.set("alice/a", { bytes, etag: '"new"', crc32: sum, metadata: { "holdall-transfer": "a" } });
  const rest = { transferId: "a", owner: alice, path: "a", size: 50, partSize: 10, created: 1 };
  world.disk.uploads.set("u", { uploadId: "u", ...rest });
  await run(world);
  expectDone(world);
  expect(world.s3.received).toBe(0);
});

describe("an upload that is begun once more after it was cancelled", () => {
  // It arrived all the same; meanwhile another file of the same size and date has its name on disk.
  function arrivedBefore(size: number, change: Partial<TransferRecord> = {}) {
    const world = createUploadWorld();
    const bytes = content(size, 2);
    const sum = crc32Base64(crc32(bytes));
    world.s3.objects.set("alice/a", { bytes, etag: '"old"', crc32: sum, metadata: { "holdall-transfer": "a" } });
    copied(world, "a", content(size), { crc32: null, unsure: true, ...change });
    return world;
  }

  it.each([10, 50])("does not take what arrived before for its bytes (%i bytes)", async (size) => {
    const world = arrivedBefore(size);
    await run(world);
    expect(recordIn(world, "a")).toMatchObject({ state: "failed", error: { code: "file-exists" } });
    expect([world.lies, world.s3.uploads.size]).toEqual([[], 0]);
    const replacing = arrivedBefore(size, { ifExists: "replace" });
    await run(replacing);
    expectDone(replacing);
  });

  it.each([10, 50])("sends nothing when they are the same (%i bytes)", async (size) => {
    const world = arrivedBefore(size);
    const bytes = content(size);
    const stored = world.s3.objects.get("alice/a");
    if (stored !== undefined) {
      world.s3.objects.set("alice/a", { ...stored, bytes, crc32: crc32Base64(crc32(bytes)) });
    }
    await run(world);
    expectDone(world);
    expect(world.s3.received).toBe(0);
  });
});
