/** Equal bytes are sent once, and bytes that only look equal are not taken for it. */
import { describe, expect, it } from "vitest";
import {
  arrived,
  begin,
  content,
  copied,
  createUploadWorld,
  recordIn,
  settle,
  type UploadWorld,
  uploadDeps,
} from "../support/upload-world.ts";

function createWorld(): UploadWorld {
  const world = createUploadWorld();
  world.sendOnce = true;
  return world;
}

async function send(world: UploadWorld, id: string, bytes: Uint8Array<ArrayBuffer>, change = {}) {
  copied(world, id, bytes, change);
  begin(world);
  await settle(world);
  return recordIn(world, id);
}

const received = (world: UploadWorld) => {
  const { received: before } = world.s3;
  world.s3.received = 0;
  return before;
};

describe.each([5, 10, 45])("%i equal bytes", (size) => {
  it("under the same name are not sent again", async () => {
    const world = createWorld();
    expect(await send(world, "1", content(size), { path: "a" })).toMatchObject({ state: "done", deduplicated: false });
    expect(received(world)).toBe(size);
    expect(await send(world, "2", content(size), { path: "a" })).toMatchObject({ state: "done", deduplicated: true });
    expect([received(world), world.s3.made]).toEqual([0, ["alice/a"]]);
  });

  it("under the same name are known by their metadata, too", async () => {
    const world = createWorld();
    await send(world, "1", content(size), { path: "a" });
    world.disk.known.clear();
    expect(await send(world, "2", content(size), { path: "a", ifExists: "keep-both" })).toMatchObject({
      ...{ state: "done", deduplicated: true, path: "a" },
    });
  });

  it("under another name are copied", async () => {
    const world = createWorld();
    await send(world, "1", content(size), { path: "a" });
    received(world);
    const record = await send(world, "2", content(size), { path: "b/c" });
    expect(record).toMatchObject({ state: "done", deduplicated: true });
    expect(arrived(world, record)).toBe(true);
    expect([received(world), world.s3.made]).toEqual([0, ["alice/a", "alice/b/c"]]);
    expect(world.s3.objects.get("alice/b/c")?.metadata["holdall-transfer"]).toBe("2");
  });

  it("are sent when the other object is another one by now", async () => {
    const world = createWorld();
    await send(world, "1", content(size), { path: "a" });
    await send(world, "2", content(size, 4), { path: "a", ifExists: "replace" });
    received(world);
    expect(await send(world, "3", content(size), { path: "b" })).toMatchObject({ state: "done", deduplicated: false });
    expect(received(world)).toBe(size);
  });

  it("are sent when the store cannot copy", async () => {
    const world = createWorld();
    await send(world, "1", content(size), { path: "a" });
    world.s3.copies = false;
    const record = await send(world, "2", content(size), { path: "b" });
    expect(record).toMatchObject({ state: "done", deduplicated: false, unsure: false });
    expect(arrived(world, record)).toBe(true);
  });

  it.each(["cut-after", "broken-200", { status: 500, code: "InternalError", carriedOut: true }] as const)(
    "are there once after a copy that met %s",
    async (fault) => {
      const world = createWorld();
      await send(world, "1", content(size), { path: "a" });
      world.s3.faults = [fault];
      const record = await send(world, "2", content(size), { path: "b" });
      expect(record.state).toBe("done");
      expect(arrived(world, record)).toBe(true);
      expect(world.s3.made).toEqual(["alice/a", "alice/b"]);
    },
  );

  it("of another person are sent", async () => {
    const world = createWorld();
    await send(world, "1", content(size), { path: "a" });
    world.signedIn = "bob";
    received(world);
    const owner = { profile: "p", identity: "bob" };
    expect(await send(world, "2", content(size), { path: "a", owner })).toMatchObject({ deduplicated: false });
    expect(received(world)).toBe(size);
  });
});

it("a CRC-32 alone never says that bytes are equal", async () => {
  const world = createWorld();
  const bytes = content(45);
  const { storage } = uploadDeps(world);
  copied(world, "a", bytes);
  world.s3.objects.set("alice/a", { bytes: content(45, 3), etag: '"x"', crc32: null, metadata: {} });
  begin(world, {
    storage: async (owner) => {
      const folder = await storage(owner);
      // Made to measure: the same size and the same CRC-32 as what is sent.
      return { ...folder, head: async (path) => ({ ...(await folder.head(path)), crc32: recordIn(world, "a").crc32 }) };
    },
  });
  await settle(world);
  expect(recordIn(world, "a")).toMatchObject({ state: "failed", error: { code: "file-exists" } });
});

it("what was sent without looking is not looked for", async () => {
  const world = createUploadWorld();
  await send(world, "1", content(45), { path: "a" });
  expect(recordIn(world, "1").fingerprint).toBeNull();
  expect(world.disk.known.size).toBe(0);
  expect(world.s3.objects.get("alice/a")?.metadata).toEqual({ "holdall-transfer": "1" });
});
