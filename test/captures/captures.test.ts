import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it } from "vitest";
import { createCaptureJournal } from "../../src/captures/capture-journal.ts";
import type { CaptureDeps } from "../../src/captures/captures.ts";
import { createCaptures } from "../../src/captures/create-captures.ts";
import { takeImage } from "../../src/captures/take-image.ts";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import { alice, quiet } from "../transfers/support/upload-world.ts";
import { type CaptureWorld, createCaptureWorld, startTransfers } from "./capture-world.ts";
import { pixel } from "./images.ts";

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const click = { srcUrl: "https://x.test/door.png", pageUrl: "https://x.test/p#1", title: "Doors" };

function captureDeps(world: CaptureWorld, transfers = startTransfers(world)): CaptureDeps {
  return {
    owner: () => world.shown,
    identity: () => world.signedIn,
    ownHosts: () => [],
    holdsHost: async () => true,
    upload: transfers.upload,
    uploaded: transfers.settled,
    transferKnown: transfers.known,
    stored: async ({ identity }, path) => world.s3.objects.has(`${identity}/${path}`),
    putIndexItem: async ({ identity }, sortKey, attributes) => {
      const key = `${identity} ${sortKey}`;
      if (world.items.has(key)) throw new HoldallError("item-conflict");
      world.items.set(key, attributes);
    },
    journal: createCaptureJournal(),
    fetch: async () => {
      world.fetches += 1;
      return world.source.clone();
    },
    touch: () => undefined,
    now: () => Date.UTC(2026, 2, 1),
  };
}

describe("saving an image", () => {
  it("is one object and one item that describes it", async () => {
    const world = createCaptureWorld();
    const { path, sortKey } = await createCaptures(captureDeps(world), takeImage).saveImage(click);
    expect(path).toMatch(/^captures\/2026\/03\/door-[0-9a-z]{8}\.png$/);
    expect(world.s3.requests).toEqual([`PUT ${alice.identity}/${path}`]);
    expect([...world.items]).toEqual([
      [
        `${alice.identity} ${sortKey}`,
        {
          kind: { S: "image" },
          ...{ url: { S: click.srcUrl }, page: { S: "https://x.test/p" }, title: { S: "Doors" }, path: { S: path } },
          ...{ type: { S: "image/png" }, size: { N: "70" }, at: { S: "2026-03-01T00:00:00.000Z" }, rev: { N: "1" } },
          ...{ width: { N: "1" }, height: { N: "1" }, sha256: { S: expect.stringMatching(/^[0-9a-f]{64}$/) } },
        },
      ],
    ]);
    expect(sortKey).toMatch(/^holdall#capture#[0-9A-Z]{26}$/);
    expect(await createCaptureJournal().list()).toEqual([]);
  });

  it.each([
    ["a page in place of a picture", new Response("<!doctype html><p>Sign in</p>"), "capture-not-image"],
    ["nothing", new Response(""), "capture-empty"],
    ["an error", new Response("", { status: 403 }), "capture-unfetchable"],
  ])("of %s leaves nothing behind", async (_name, source, code) => {
    const world = { ...createCaptureWorld(), source };
    await expect(createCaptures(captureDeps(world), takeImage).saveImage(click)).rejects.toMatchObject({ code });
    expect(world.disk.records.size + world.items.size + world.s3.objects.size).toBe(0);
    expect(await createCaptureJournal().list()).toEqual([]);
  });

  it("without a session is refused", async () => {
    const world = createCaptureWorld();
    world.shown = null;
    await expect(createCaptures(captureDeps(world), takeImage).saveImage(click)).rejects.toMatchObject({
      code: "signed-out",
    });
    expect(world.fetches).toBe(0);
  });

  it("that failed to upload gets its item when the upload is retried", async () => {
    const world = createCaptureWorld();
    const transfers = startTransfers(world);
    const captures = createCaptures(captureDeps(world, transfers), takeImage);
    world.s3.faults = [{ status: 403, code: "AccessDenied" }];
    await expect(captures.saveImage(click)).rejects.toMatchObject({ code: "access-denied" });
    await transfers.retry("failed");
    await quiet(60);
    await captures.resume();
    await quiet(60);
    expect(world.items.size).toBe(1);
    expect(await createCaptureJournal().list()).toEqual([]);
  });

  it("that the person cancelled leaves no item", async () => {
    const world = createCaptureWorld();
    world.online = false;
    world.s3.faults = ["cut-before"];
    const transfers = startTransfers(world);
    const saving = createCaptures(captureDeps(world, transfers), takeImage).saveImage(click);
    const refused = expect(saving).rejects.toMatchObject({ code: "cancelled" });
    await expect.poll(() => world.view.rows[0]?.state).toBe("waiting");
    await transfers.cancel("all");
    await refused;
    expect(world.items.size).toBe(0);
    expect(await createCaptureJournal().list()).toEqual([]);
  });
});

/** IndexedDB and SHA-256 take time, not only turns. */
const stillness = () => new Promise((resolve) => setTimeout(resolve, 50));

/** The captures of one life: after `points` calls nothing of it happens any more. */
function live(world: CaptureWorld, points: number) {
  let left = points;
  const never = new Promise<never>(() => undefined);
  const mortal =
    (work: (...input: never[]) => unknown) =>
    async (...input: never[]) => {
      left -= 1;
      if (left < 0) return await never;
      const result = await work(...input);
      left -= 1;
      return left < 0 ? await never : result;
    };
  const all = <T extends object>(calls: T): T =>
    Object.fromEntries(
      Object.entries(calls).map(([name, value]) => [name, typeof value === "function" ? mortal(value) : value]),
    ) as T;
  const transfers = startTransfers(world, (plain) => ({ journal: all(plain.journal), host: all(plain.host) }));
  const deps = captureDeps(world, transfers);
  const { now, touch } = deps;
  const journal = all(deps.journal);
  return {
    captures: createCaptures({ ...all(deps), now, touch, journal }, takeImage),
    transfers,
    survived: () => left >= 0,
  };
}

describe("the background ends", () => {
  it("at any point: object and item are there after the next start, once", async () => {
    for (let points = 0, survived = false; !survived; points++) {
      expect(points).toBeLessThan(80);
      globalThis.indexedDB = new IDBFactory();
      const world = createCaptureWorld();
      const first = live(world, points);
      void first.captures.saveImage(click);
      await stillness();
      survived = first.survived();
      const asked = Math.max((await createCaptureJournal().list()).length, world.items.size);
      const second = live(world, Number.POSITIVE_INFINITY);
      await second.transfers.resume();
      await second.captures.resume();
      await expect.poll(() => createCaptureJournal().list()).toEqual([]);
      expect([points, world.s3.objects.size, world.items.size]).toEqual([points, asked, asked]);
      const [path] = [...world.items.values()].map((item) => (item.path as { S: string }).S);
      if (asked > 0) expect(world.s3.objects.get(`${alice.identity}/${path}`)?.bytes).toEqual(pixel);
    }
  });

  it.each([6, 12, 20, 26])(
    "after %i calls and another person signs in: nothing is done for the first",
    async (points) => {
      const world = createCaptureWorld();
      void live(world, points).captures.saveImage(click);
      await stillness();
      const before = [world.fetches, world.s3.requests.length, world.items.size];
      expect(await createCaptureJournal().list()).toHaveLength(1);
      world.signedIn = "local|bob";
      const second = live(world, Number.POSITIVE_INFINITY);
      await second.transfers.resume();
      await second.captures.resume();
      await stillness();
      expect([world.fetches, world.s3.requests.length, world.items.size]).toEqual(before);
      await second.captures.forget({ profile: alice.profile });
      expect(await createCaptureJournal().list()).toEqual([]);
    },
  );
});
