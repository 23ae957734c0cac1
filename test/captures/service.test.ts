import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it } from "vitest";
import { createCaptureService } from "../../src/captures/create-capture-service.ts";
import { createCaptureJournal } from "../../src/captures/journal/capture-journal.ts";
import { defaultCaptureSettings } from "../../src/messaging/captures-view.ts";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import { alice, quiet } from "../transfers/support/upload-world.ts";
import { startTransfers } from "./capture-world.ts";
import { request } from "./records.ts";
import { createServiceWorld, type ServiceWorld, serviceDeps, takeIn } from "./service-world.ts";

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

function start(world: ServiceWorld) {
  const transfers = startTransfers(world);
  return { transfers, captures: createCaptureService(serviceDeps(world, transfers)) };
}

const pathOf = (world: ServiceWorld) => [...world.items.values()].map(({ path }) => path && "S" in path && path.S);
const left = async () => await createCaptureJournal().list();

describe("a capture", () => {
  it("is one object and one item that describes it, and then in the mirror", async () => {
    const world = createServiceWorld();
    const { captures } = start(world);
    const { id } = await captures.take({ ...request, tags: ["cats"], note: "soft" });
    const outcome = await captures.settled(id);
    expect(outcome).toMatchObject({ state: "saved", row: { id, tags: ["cats"], note: "soft" } });
    expect(world.s3.requests).toHaveLength(1);
    expect(pathOf(world)).toEqual([expect.stringMatching(/^captures\/2026\/03\/.+\.png$/)]);
    expect([...world.s3.objects.keys()]).toEqual([`alice/${pathOf(world)[0]}`]);
    expect(await left()).toEqual([]);
    expect(await captures.here(alice, request.page.url)).toMatchObject([{ id }]);
    expect(world.captured.pending.map(({ state }) => state)).not.toContain("failed");
  });

  it("of bytes that are there is shown as known, and costs no request", async () => {
    const world = createServiceWorld();
    const { captures } = start(world);
    const first = await captures.settled((await captures.take(request)).id);
    const second = await captures.settled((await captures.take(request)).id);
    expect(second).toMatchObject({ state: "known", row: { id: (first as { row: { id: string } }).row.id } });
    expect([world.s3.requests.length, world.items.size]).toEqual([1, 1]);
  });

  it("of the same twice in one moment is stored once", async () => {
    const world = createServiceWorld();
    const { captures } = start(world);
    const taken = await Promise.all([captures.take(request), captures.take(request), captures.take(request)]);
    const states = await Promise.all(taken.map(async ({ id }) => (await captures.settled(id)).state));
    expect(states.toSorted()).toEqual(["known", "known", "saved"]);
    expect([world.s3.objects.size, world.items.size]).toEqual([1, 1]);
  });

  it("is kept twice where the person wants it", async () => {
    const world = createServiceWorld();
    const { captures } = start(world);
    await captures.configure("p", { ...defaultCaptureSettings, duplicates: "keep" });
    const taken = await Promise.all([captures.take(request), captures.take(request)]);
    for (const { id } of taken) expect(await captures.settled(id)).toMatchObject({ state: "saved" });
    expect([world.s3.objects.size, world.items.size]).toEqual([2, 2]);
  });

  it("without a profile is refused", async () => {
    const world = createServiceWorld();
    const captures = createCaptureService({ ...serviceDeps(world), shown: () => ({ profile: null, identity: null }) });
    await expect(captures.take(request)).rejects.toMatchObject({ code: "profile-missing" });
  });

  it("under a rule that skips leaves what is there", async () => {
    const world = createServiceWorld();
    const { captures } = start(world);
    const fallback = { template: "captures/<name>", ifExists: "skip" as const };
    await captures.configure("p", { ...defaultCaptureSettings, fallback, duplicates: "keep" });
    await captures.settled((await captures.take(request)).id);
    world.bytes = new Uint8Array([...(world.bytes as Uint8Array<ArrayBuffer>), 1]);
    const second = await captures.settled((await captures.take(request)).id);
    expect(second).toEqual({ state: "skipped", path: "captures/door.png" });
    expect(world.items.size).toBe(1);
    expect(await left()).toEqual([]);
  });

  it("under a rule that asks goes on when the person has answered among the transfers", async () => {
    const world = createServiceWorld();
    const { captures, transfers } = start(world);
    const fallback = { template: "captures/<name>", ifExists: "ask" as const };
    await captures.configure("p", { ...defaultCaptureSettings, fallback, duplicates: "keep" });
    await captures.settled((await captures.take(request)).id);
    world.bytes = new Uint8Array([...(world.bytes as Uint8Array<ArrayBuffer>), 1]);
    const { id } = await captures.take(request);
    expect(await captures.settled(id)).toMatchObject({ state: "failed", error: { code: "file-exists" } });
    await transfers.retry("conflicts", "keep-both");
    captures.uploadsChanged();
    await expect.poll(() => world.items.size).toBe(2);
    expect(pathOf(world).toSorted()).toEqual(["captures/door (2).png", "captures/door.png"]);
  });

  it("is numbered where the template counts", async () => {
    const world = createServiceWorld();
    const { captures } = start(world);
    const fallback = { template: "shots/<counter>", ifExists: "keep-both" as const };
    await captures.configure("p", { ...defaultCaptureSettings, fallback, duplicates: "keep" });
    for (let number = 0; number < 2; number++) await captures.settled((await captures.take(request)).id);
    expect(pathOf(world)).toEqual(["shots/1.png", "shots/2.png"]);
    await expect(
      captures.configure("p", { ...defaultCaptureSettings, fallback: { ...fallback, template: "<nonsense>" } }),
    ).rejects.toMatchObject({ code: "capture-template" });
  });
});

describe("what cannot be fetched", () => {
  it("is said, with what the person may do", async () => {
    const world = createServiceWorld();
    const { captures } = start(world);
    world.bytes = new HoldallError("capture-blocked", { subs: ["127.0.0.1"] });
    const { id } = await captures.take(request);
    expect(await captures.settled(id)).toMatchObject({ state: "failed", offers: ["allow-address", "save-link"] });
    await expect.poll(() => world.captured.pending).toMatchObject([{ id, state: "failed" }]);
    world.bytes = new Uint8Array([1]);
    await captures.retry([id], true);
    expect(await captures.settled(id)).toMatchObject({ state: "saved" });
  });

  it("becomes a bookmark if they want it", async () => {
    const world = createServiceWorld();
    const { captures } = start(world);
    world.bytes = new HoldallError("permission-needed", { subs: ["notes.example"] });
    const { id } = await captures.take(request);
    expect(await captures.settled(id)).toMatchObject({ state: "failed", offers: ["allow-host", "save-link"] });
    world.bytes = new Uint8Array([1]);
    await captures.saveLink(id);
    expect(await captures.settled(id)).toMatchObject({ state: "saved", row: { kind: "bookmark" } });
  });

  it("is thrown away without a trace", async () => {
    const world = createServiceWorld();
    const { captures } = start(world);
    world.bytes = new HoldallError("capture-not-image", { subs: ["x"] });
    const { id } = await captures.take(request);
    await captures.settled(id);
    await captures.discard([id]);
    expect(await left()).toEqual([]);
    expect(await captures.settled(id)).toEqual({ state: "discarded" });
  });

  it("is tried again by itself when it may have been the network", async () => {
    const world = createServiceWorld();
    const { captures } = start(world);
    world.bytes = new HoldallError("offline");
    const { id } = await captures.take(request);
    expect(await captures.settled(id)).toMatchObject({ state: "failed" });
    await expect.poll(() => world.nextTry).toBe(world.time + 60_000);
    world.bytes = new Uint8Array([1]);
    await captures.resume();
    expect(await captures.settled(id)).toMatchObject({ state: "saved" });
    await expect.poll(() => world.nextTry).toBeNull();
  });
});

describe("one half that fails is repaired", () => {
  it("when the item could not be written", async () => {
    const world = createServiceWorld();
    const { captures } = start(world);
    world.tableFaults = ["throttled"];
    const { id } = await captures.take(request);
    expect(await captures.settled(id)).toMatchObject({ state: "failed", offers: ["retry"] });
    expect([world.s3.objects.size, world.items.size]).toEqual([1, 0]);
    const again = start(world).captures;
    await again.resume();
    expect(await again.settled(id)).toMatchObject({ state: "saved" });
    expect([world.s3.objects.size, world.items.size, world.fetches]).toEqual([1, 1, 1]);
  });

  it("when the upload failed and is retried", async () => {
    const world = createServiceWorld();
    const { captures } = start(world);
    world.s3.faults = [{ status: 403, code: "AccessDenied" }];
    const { id } = await captures.take(request);
    expect(await captures.settled(id)).toMatchObject({ state: "failed", error: { code: "access-denied" } });
    await captures.retry([id], false);
    expect(await captures.settled(id)).toMatchObject({ state: "saved" });
  });

  it("and leaves nothing when the person cancels the upload", async () => {
    const world = createServiceWorld();
    world.online = false;
    world.s3.faults = ["cut-before"];
    const { captures, transfers } = start(world);
    const { id } = await captures.take(request);
    expect(await captures.settled(id)).toEqual({ state: "kept" });
    await expect.poll(() => world.view.rows[0]?.state).toBe("waiting");
    await transfers.cancel("all");
    await expect.poll(left).toEqual([]);
    expect(world.items.size).toBe(0);
  });
});

describe("found by review", () => {
  it("words that were typed for bytes that are there go to the capture that has them", async () => {
    const world = createServiceWorld();
    const { captures } = start(world);
    await captures.settled((await captures.take({ ...request, tags: ["a"], note: "first" })).id);
    const { id } = await captures.take({ ...request, tags: ["b"], note: "second" });
    const words = { tags: ["a", "b"], note: "first\nsecond" };
    expect(await captures.settled(id)).toMatchObject({ state: "known", row: words });
    expect(await captures.outcome(id)).toMatchObject({ state: "known" });
    expect(await captures.get(alice, id)).toMatchObject(words);
  });

  it("another object of that name is not taken for the capture, whose upload the person has dismissed", async () => {
    const world = createServiceWorld();
    const { captures, transfers } = start(world);
    const fallback = { template: "captures/<name>", ifExists: "ask" as const };
    await captures.configure("p", { ...defaultCaptureSettings, fallback, duplicates: "keep" });
    await captures.settled((await captures.take(request)).id);
    world.bytes = new Uint8Array([...(world.bytes as Uint8Array<ArrayBuffer>), 1]);
    const { id } = await captures.take(request);
    expect(await captures.settled(id)).toMatchObject({ state: "failed", error: { code: "file-exists" } });
    await transfers.dismiss("conflicts");
    await transfers.dismiss("ended");
    captures.uploadsChanged();
    await expect.poll(left).toEqual([]);
    expect(await captures.settled(id)).toEqual({ state: "discarded" });
    expect([world.s3.objects.size, world.items.size]).toEqual([1, 1]);
  });

  it("an object without index item goes when its capture is thrown away", async () => {
    const world = createServiceWorld();
    const { captures } = start(world);
    world.tableFaults = ["access-denied"];
    const { id } = await captures.take(request);
    expect(await captures.settled(id)).toMatchObject({ state: "failed" });
    expect(world.s3.objects.size).toBe(1);
    await captures.discard([id]);
    expect([world.s3.objects.size, world.items.size]).toEqual([0, 0]);
    expect([await left(), await createCaptureJournal().chores()]).toEqual([[], []]);
  });

  it("words for one whose item could not be written are kept for it", async () => {
    const world = createServiceWorld();
    const { captures } = start(world);
    world.tableFaults = ["access-denied"];
    const { id } = await captures.take(request);
    await captures.settled(id);
    const again = start(world).captures;
    await again.annotate(alice, id, { tags: ["late"], note: "" });
    expect(await again.settled(id)).toMatchObject({ state: "failed" });
    await again.retry([id], false);
    expect(await again.settled(id)).toMatchObject({ state: "saved", row: { tags: ["late"] } });
  });

  it("without a network nothing is tried, and nothing is used up", async () => {
    const world = createServiceWorld();
    const { captures } = start(world);
    world.online = false;
    world.bytes = new HoldallError("offline");
    const { id } = await captures.take(request);
    await captures.settled(id);
    for (let alarm = 0; alarm < 20; alarm++) await captures.resume();
    expect([world.fetches, (await left())[0]?.attempts]).toEqual([1, 0]);
    world.online = true;
    world.bytes = new Uint8Array([1]);
    await captures.resume();
    expect(await captures.settled(id)).toMatchObject({ state: "saved" });
  });

  it("a move whose item somebody changes meanwhile is done on what they wrote", async () => {
    const world = createServiceWorld();
    const { captures } = start(world);
    const { id } = await captures.take(request);
    await captures.settled(id);
    world.tableFaults = ["item-conflict"];
    expect(await captures.move(alice, id, "b.png")).toMatchObject({ path: "b.png" });
    expect([...world.s3.objects.keys()]).toEqual(["alice/b.png"]);
  });

  it("nothing of who signed out is told any more", async () => {
    const world = createServiceWorld();
    const { captures } = start(world);
    const { id } = await captures.take(request);
    await captures.settled(id);
    await captures.signedOut("p");
    expect(await captures.outcome(id)).toBeNull();
  });
});

describe("signed out", () => {
  const kept = async (world: ServiceWorld) => {
    const { captures } = start(world);
    await captures.signedIn(alice);
    world.signedIn = null;
    const { id } = await captures.take({ ...request, kind: "page", url: request.page.url });
    expect(await captures.settled(id)).toEqual({ state: "kept" });
    return { captures, id };
  };

  it("it is taken at once, kept, and goes out when the same person signs in", async () => {
    const world = createServiceWorld();
    const { captures, id } = await kept(world);
    await expect.poll(() => world.captured).toMatchObject({ pending: [{ id, state: "kept" }], unclaimed: 1 });
    await captures.annotate(null, id, { tags: ["later"], note: "" });
    world.signedIn = "alice";
    world.time += 3_600_000;
    await captures.signedIn(alice);
    const outcome = await captures.settled(id);
    expect(outcome).toMatchObject({ state: "saved", row: { tags: ["later"] } });
    // What other devices asked for meanwhile came before it.
    expect((outcome as { row: { id: string } }).row.id).not.toBe(id);
    expect(await captures.get(alice, id)).toMatchObject({ path: expect.any(String) });
    await captures.annotate(alice, id, { tags: [], note: "n" });
    expect(await captures.get(alice, id)).toMatchObject({ tags: [], note: "n" });
  });

  it("it survives the browser, with its bytes", async () => {
    const world = createServiceWorld();
    const { id } = await kept(world);
    world.signedIn = "alice";
    const again = start(world).captures;
    await again.signedIn(alice);
    expect(await again.settled(id)).toMatchObject({ state: "saved" });
    expect(world.fetches).toBe(1);
  });

  it.each([
    [true, 1],
    [false, 0],
  ])("somebody else is asked; taken over: %s", async (take, stored) => {
    const world = createServiceWorld();
    const { captures } = await kept(world);
    const bob = { profile: "p", identity: "bob" };
    world.signedIn = "bob";
    await captures.signedIn(bob);
    await quiet(50);
    expect([world.s3.objects.size, world.items.size]).toEqual([0, 0]);
    await captures.publish();
    expect(world.captured).toMatchObject({ pending: [], unclaimed: 1 });
    await captures.claim(bob, take);
    await expect.poll(left).toEqual([]);
    expect([...world.items.keys()].filter((key) => key.startsWith("bob "))).toHaveLength(stored);
    expect(world.items.size).toBe(stored);
    expect((await createCaptureJournal().bytes([...world.items.keys()][0] ?? "")) === null).toBe(true);
  });
});

describe("what is stored", () => {
  const saved = async (world: ServiceWorld) => {
    const { captures } = start(world);
    const { id } = await captures.take(request);
    await captures.settled(id);
    return { captures, id };
  };

  it("can be moved, object and item", async () => {
    const world = createServiceWorld();
    const { captures, id } = await saved(world);
    expect(await captures.move(alice, id, "pets/cat.png")).toMatchObject({ path: "pets/cat.png" });
    expect([...world.s3.objects.keys()]).toEqual(["alice/pets/cat.png"]);
    expect(pathOf(world)).toEqual(["pets/cat.png"]);
    expect(await captures.get(alice, id)).toMatchObject({ path: "pets/cat.png" });
  });

  it("is not moved onto another file", async () => {
    const world = createServiceWorld();
    const { captures, id } = await saved(world);
    world.s3.objects.set("alice/b.png", { bytes: new Uint8Array([9]), etag: '"b"', crc32: null, metadata: {} });
    await expect(captures.move(alice, id, "b.png")).rejects.toMatchObject({ code: "file-exists" });
    expect(world.s3.objects.get("alice/b.png")?.bytes).toEqual(new Uint8Array([9]));
    expect(await createCaptureJournal().chores()).toEqual([]);
  });

  it("is moved whole though it was cut in half", async () => {
    const world = createServiceWorld();
    const { captures, id } = await saved(world);
    world.tableFaults = ["throttled"];
    await expect(captures.move(alice, id, "b.png")).rejects.toMatchObject({ code: "throttled" });
    expect(world.s3.objects.size).toBe(2);
    await start(world).captures.resume();
    await expect.poll(() => [...world.s3.objects.keys()]).toEqual(["alice/b.png"]);
    expect(pathOf(world)).toEqual(["b.png"]);
    expect(await createCaptureJournal().chores()).toEqual([]);
  });

  it("can be removed, and brought back", async () => {
    const world = createServiceWorld();
    const { captures, id } = await saved(world);
    const { undo } = await captures.remove(alice, id);
    expect([world.s3.objects.size, world.items.size]).toEqual([0, 0]);
    await expect(captures.get(alice, id)).rejects.toMatchObject({ code: "item-missing" });
    await captures.restore(alice, undo ?? "");
    expect([world.s3.objects.size, world.items.size]).toEqual([1, 1]);
    expect(await captures.get(alice, id)).toMatchObject({ id });
    await expect(captures.restore(alice, '{"sortKey":"mine"}')).rejects.toMatchObject({ code: "message-invalid" });
  });

  it("is gone from this device after the sign-out", async () => {
    const world = createServiceWorld();
    const { captures } = await saved(world);
    await captures.signedOut("p");
    expect(await captures.here(alice, request.page.url)).toEqual([]);
  });
});

/** IndexedDB and SHA-256 take time, not only turns. */
const stillness = () => new Promise((resolve) => setTimeout(resolve, 60));

/** The captures of one life: after `points` calls nothing of it happens any more. */
function live(world: ServiceWorld, points: number) {
  let remaining = points;
  const never = new Promise<never>(() => undefined);
  const mortal =
    (work: (...input: never[]) => unknown) =>
    async (...input: never[]) => {
      remaining -= 1;
      if (remaining < 0) return await never;
      const result = await work(...input);
      remaining -= 1;
      return remaining < 0 ? await never : result;
    };
  const all = <T extends object>(calls: T): T =>
    Object.fromEntries(
      Object.entries(calls).map(([name, value]) => [name, typeof value === "function" ? mortal(value) : value]),
    ) as T;
  const transfers = startTransfers(world, (plain) => ({ journal: all(plain.journal), host: all(plain.host) }));
  const deps = serviceDeps(world, transfers);
  const { now, changed, shown } = deps;
  const store = async (...owner: Parameters<typeof deps.store>) => all(await deps.store(...owner));
  const uploads = all({ ...transfers });
  const mortals = {
    ...all(deps),
    now,
    changed,
    shown,
    store: mortal(store) as typeof store,
    uploads,
    journal: all(deps.journal),
  };
  return {
    captures: createCaptureService({ ...mortals, mirror: deps.mirror, take: mortal(takeIn(world)) as never }),
    transfers,
    survived: () => remaining >= 0,
    /** Resolves once it is dead, or has nothing more to do. */
    async still() {
      for (let before = Number.NaN; before !== remaining && remaining >= 0; ) {
        before = remaining;
        await stillness();
      }
    },
  };
}

describe("the background ends", () => {
  it("at any point: object and item are there after the next start, once", async () => {
    for (let points = 0, survived = false; !survived; points += 1) {
      expect(points).toBeLessThan(120);
      globalThis.indexedDB = new IDBFactory();
      const world = createServiceWorld();
      const first = live(world, points);
      void first.captures.take(request);
      await first.still();
      survived = first.survived();
      const asked = Math.max((await left()).length, world.items.size);
      const second = live(world, Number.POSITIVE_INFINITY);
      await second.transfers.resume();
      await second.captures.resume();
      await expect.poll(left, { timeout: 5000 }).toEqual([]);
      expect([points, world.s3.objects.size, world.items.size]).toEqual([points, asked, asked]);
      if (asked > 0) expect([...world.s3.objects.keys()]).toEqual([`alice/${pathOf(world)[0]}`]);
    }
  }, 60_000);

  it.each([8, 14, 20, 26])(
    "after %i calls and another person signs in: nothing is done for the first",
    async (points) => {
      const world = createServiceWorld();
      const first = live(world, points);
      void first.captures.take(request);
      await first.still();
      const before = [world.fetches, world.s3.requests.length, world.items.size];
      expect(await left()).toHaveLength(1);
      world.signedIn = "bob";
      const second = live(world, Number.POSITIVE_INFINITY);
      await second.transfers.resume();
      await second.captures.signedIn({ profile: "p", identity: "bob" });
      await second.captures.resume();
      await stillness();
      // Bytes may be taken, but they go nowhere.
      expect([world.s3.requests.length, world.items.size]).toEqual(before.slice(1));
      await second.captures.forget({ profile: "p" });
      expect(await left()).toEqual([]);
    },
  );
});
