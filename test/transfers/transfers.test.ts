import { describe, expect, it } from "vitest";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import {
  alice,
  bytesOf,
  createWorld,
  memoryHost,
  memoryJournal,
  quiet,
  startTransfers,
  type World,
  worldDeps,
} from "./world.ts";

const file = (text: string) => new Blob([bytesOf(text)], { type: "text/plain" });
const key = (path: string) => `${alice.identity}/${path}`;
const text = (world: World, path: string) => new TextDecoder().decode(world.objects.get(key(path))?.bytes);

async function upload(world: World, path = "a.txt", ifExists: "fail" | "replace" | "keep-both" = "fail") {
  const transfers = startTransfers(world);
  const { id } = await transfers.upload({ file: file("hello"), path, ifExists });
  await quiet();
  return { transfers, id };
}

describe("an upload", () => {
  it("is one PUT, and its bytes leave the journal when it is proved", async () => {
    const world = createWorld();
    const { id } = await upload(world);
    expect(text(world, "a.txt")).toBe("hello");
    expect(world.requests).toEqual([`PUT ${key("a.txt")}`]);
    expect(world.records.get(id)?.state).toBe("done");
    expect(world.blobs.size).toBe(0);
    expect(world.views).toMatchObject([{ id, state: "done", sent: 5, size: 5, name: "a.txt" }]);
  });

  it("tells the folder's new row once it is proved, without another request", async () => {
    const world = createWorld();
    const rows: unknown[] = [];
    const stored = (...row: unknown[]) => void rows.push(row);
    const transfers = startTransfers(world, { stored });
    await transfers.upload({ file: file("hello"), path: "docs/a.txt", ifExists: "fail" });
    await quiet();
    expect(rows).toEqual([[alice, { path: "docs/a.txt", size: 5, etag: "e", modifiedAt: expect.any(Number) }]]);
    expect(world.requests).toHaveLength(1);
  });

  it("is in the journal before the first request", async () => {
    const world = createWorld();
    const journal = memoryJournal(world);
    const host = memoryHost(world, journal);
    const seen: string[] = [];
    const put: typeof host.put = (id, request, watch) => {
      seen.push(`${world.records.get(id)?.state} ${world.blobs.get(id)?.size}`);
      return host.put(id, request, watch);
    };
    await startTransfers(world, { host: { ...host, put } }).upload({
      file: file("hello"),
      path: "a",
      ifExists: "fail",
    });
    await quiet();
    expect(seen).toEqual(["sending 5"]);
  });

  it("of nothing works", async () => {
    const world = createWorld();
    await startTransfers(world).upload({ file: new Blob([]), path: "empty", ifExists: "fail" });
    await quiet();
    expect(world.objects.get(key("empty"))?.bytes.length).toBe(0);
    expect(world.views[0]?.state).toBe("done");
  });

  it("whose name is taken asks; keep-both and replace do as they say", async () => {
    const world = createWorld();
    const other = { bytes: bytesOf("other"), crc32: null, metadata: {} };
    world.objects.set(key("a.txt"), other);
    world.objects.set(key("a (2).txt"), other);
    const { transfers, id } = await upload(world);
    expect(world.views).toMatchObject([
      { state: "failed", error: { code: "file-exists", facts: { subs: ["a.txt"] } } },
    ]);
    expect(text(world, "a.txt")).toBe("other");
    await transfers.retry(id, "keep-both");
    await quiet();
    expect(world.views).toMatchObject([{ state: "done", path: "a (3).txt", name: "a (3).txt" }]);
    expect(text(world, "a (3).txt")).toBe("hello");
    await upload(world, "a.txt", "replace");
    expect(text(world, "a.txt")).toBe("hello");
  });

  it("whose answer was lost is settled by asking, not by sending again", async () => {
    const world = createWorld();
    world.faults = [{ kind: "cut-after" }];
    await upload(world, "a.txt", "replace");
    expect(world.puts).toEqual([key("a.txt")]);
    expect(world.requests).toEqual([`PUT ${key("a.txt")}`, "HEAD a.txt"]);
    expect(world.views).toMatchObject([{ state: "done" }]);
  });

  it("that did not arrive is sent again", async () => {
    const world = createWorld();
    world.faults = [{ kind: "cut-before" }, { kind: "stalled" }, { kind: "host-lost" }];
    await upload(world);
    expect(world.puts).toHaveLength(1);
    expect(world.views).toMatchObject([{ state: "done" }]);
  });

  it("answered 200 by something that is not S3 is not done, and goes on once S3 is there", async () => {
    const world = createWorld();
    world.faults = Array.from({ length: 6 }, () => ({ kind: "answer", status: 200, code: "", carriedOut: false }));
    const { transfers, id } = await upload(world);
    expect(world.objects.has(key("a.txt"))).toBe(false);
    expect(world.views).toMatchObject([
      { state: "waiting", error: { code: "not-aws", facts: { subs: ["bucket.test"] } } },
    ]);
    await transfers.retry(id);
    await quiet();
    expect(text(world, "a.txt")).toBe("hello");
    expect(world.views).toMatchObject([{ state: "done" }]);
  });

  it("does not take another's object of the same size and checksum for its own", async () => {
    const world = createWorld();
    const { id } = await upload(world, "mine");
    const mine = world.objects.get(key("mine"));
    if (mine !== undefined) world.objects.set(key("a.txt"), mine);
    await upload(world, "a.txt");
    expect(mine?.metadata).toEqual({ "holdall-transfer": id });
    expect(world.views[0]).toMatchObject({ state: "failed", error: { code: "file-exists" } });
  });

  it("answered 503 and SlowDown is tried again, in bounds", async () => {
    const world = createWorld();
    world.faults = [
      { kind: "answer", status: 503, code: "SlowDown" },
      { kind: "answer", status: 500, code: "InternalError", carriedOut: true },
    ];
    await upload(world);
    expect(world.puts).toHaveLength(1);
    expect(world.views).toMatchObject([{ state: "done" }]);
    world.faults = Array(100).fill({ kind: "answer", status: 503, code: "SlowDown" });
    await upload(world, "b.txt");
    expect(world.views[0]).toMatchObject({ state: "failed", error: { code: "throttled" } });
    expect(world.faults.length).toBe(94);
  });

  it("with expired credentials is signed anew", async () => {
    const world = createWorld();
    world.faults = [{ kind: "answer", status: 400, code: "ExpiredToken" }];
    await upload(world);
    expect(world.renewals).toBe(1);
    expect(world.views).toMatchObject([{ state: "done" }]);
  });

  it("to a store without checksums is verified by a HEAD", async () => {
    const world = createWorld();
    world.checksums = false;
    await upload(world);
    expect(world.requests).toEqual([`PUT ${key("a.txt")}`, "HEAD a.txt"]);
    expect(world.views).toMatchObject([{ state: "done" }]);
  });

  it("to a store that takes no notice of the checksum is verified by a HEAD too", async () => {
    const world = createWorld();
    world.echoes = false;
    const { id } = await upload(world);
    expect(world.requests).toEqual([`PUT ${key("a.txt")}`, "HEAD a.txt"]);
    expect(world.records.get(id)?.state).toBe("done");
  });

  it("to a name that is taken by what the person may not see is not sent again and again", async () => {
    const world = createWorld();
    world.objects.set(key("a.txt"), { bytes: bytesOf("other"), crc32: null, metadata: {} });
    const transfers = startTransfers(world, {
      storage: async (owner) => ({
        ...(await worldDeps(world).storage(owner)),
        head: () => Promise.reject(new HoldallError("file-missing")),
      }),
    });
    const { id } = await transfers.upload({ file: file("hello"), path: "a.txt", ifExists: "fail" });
    await quiet(600);
    expect(world.records.get(id)).toMatchObject({ state: "failed", error: { code: "file-exists" } });
    expect(world.requests.length).toBeLessThan(4);
  });

  it("of a bad name, or of more than one PUT carries, is refused before the journal", async () => {
    const world = createWorld();
    const transfers = startTransfers(world);
    const large = Object.defineProperty(file("x"), "size", { value: 5 * 1024 ** 3 + 1 });
    await expect(transfers.upload({ file: file("x"), path: "../x", ifExists: "fail" })).rejects.toMatchObject({
      code: "name-dot-segment",
    });
    await expect(transfers.upload({ file: large, path: "x", ifExists: "fail" })).rejects.toMatchObject({
      code: "file-too-large",
    });
    world.shown = null;
    await expect(transfers.upload({ file: file("x"), path: "x", ifExists: "fail" })).rejects.toMatchObject({
      code: "signed-out",
    });
    expect(world.records.size).toBe(0);
  });

  it("under an id that is known changes nothing", async () => {
    const world = createWorld();
    const transfers = startTransfers(world);
    const id = "01J9ZZZZZZZZZZZZZZZZZZZZZZ";
    await transfers.upload({ id, file: file("one"), path: "a", ifExists: "fail" });
    await transfers.upload({ id, file: file("two"), path: "b", ifExists: "fail" });
    await quiet();
    expect([...world.objects.keys()]).toEqual([key("a")]);
    expect(await transfers.settled(id)).toMatchObject({ state: "done" });
    expect(await transfers.settled("01J9YYYYYYYYYYYYYYYYYYYYYY")).toBeNull();
  });
});

describe("identity", () => {
  it("signed out in mid-upload: stops at once, waits, and goes on for the same person only", async () => {
    const world = createWorld();
    const aborted: boolean[] = [];
    const host = memoryHost(world, memoryJournal(world));
    let hang = true;
    const put: typeof host.put = (id, request, watch) => {
      if (!hang) return host.put(id, request, watch);
      return new Promise((_resolve, reject) => {
        watch.signal.addEventListener("abort", () => {
          aborted.push(true);
          reject(new Error("aborted"));
        });
      });
    };
    const transfers = startTransfers(world, { host: { ...host, put } });
    await transfers.upload({ file: file("hello"), path: "a.txt", ifExists: "fail" });
    await quiet();
    expect(world.views).toMatchObject([{ state: "running" }]);
    world.signedIn = null;
    await transfers.suspend(alice.profile);
    expect(aborted).toEqual([true]);
    await quiet();
    expect(world.views).toMatchObject([{ state: "waiting", error: { code: "signed-out" } }]);
    hang = false;
    world.signedIn = "local|bob";
    world.shown = { ...alice, identity: "local|bob" };
    await transfers.resume();
    await transfers.publish();
    await quiet();
    expect(world.views).toEqual([]);
    expect(world.objects.size).toBe(0);
    const [record] = world.records.values();
    await transfers.cancel(record?.id ?? "");
    expect(record?.state).toBe("waiting");
    world.signedIn = alice.identity;
    world.shown = alice;
    await transfers.resume();
    await quiet();
    expect(world.views).toMatchObject([{ state: "done" }]);
  });

  it("gone: its waiting transfers wake nobody and keep no session alive", async () => {
    const world = createWorld();
    const transfers = startTransfers(world);
    world.online = false;
    world.faults.push({ kind: "cut-before" });
    await transfers.upload({ file: file("hello"), path: "a.txt", ifExists: "fail" });
    await quiet();
    expect(world.views).toMatchObject([{ state: "waiting", error: { code: "offline" } }]);
    expect([transfers.busy(), transfers.busy(alice.profile), transfers.busy("other")]).toEqual([true, true, false]);
    world.signedIn = null;
    await transfers.suspend(alice.profile);
    expect([transfers.busy(), transfers.busy(alice.profile)]).toEqual([false, false]);
    world.signedIn = alice.identity;
    world.online = true;
    await transfers.resume();
    expect(transfers.busy(alice.profile)).toBe(true);
    await quiet();
    expect(world.views).toMatchObject([{ state: "done" }]);
  });

  it("another person signs in without a sign-out before: the first one's transfers stop, theirs go on", async () => {
    const world = createWorld();
    world.signedIn = null;
    const transfers = startTransfers(world);
    const bob = { profile: alice.profile, identity: "local|bob" };
    await transfers.upload({ file: file("a"), path: "a.txt", ifExists: "fail" });
    await transfers.upload({ file: file("b"), path: "b.txt", ifExists: "fail", owner: bob });
    await quiet();
    expect([...world.records.values()].map(({ state }) => state)).toEqual(["waiting", "waiting"]);
    world.signedIn = bob.identity;
    await transfers.resume();
    await transfers.suspend(bob.profile, bob.identity);
    await quiet();
    expect([...world.records.values()].map(({ state }) => state)).toEqual(["waiting", "done"]);
    expect(world.puts).toEqual(["local|bob/b.txt"]);
  });

  it("another person who signed in between signature and request gets nothing sent", async () => {
    const world = createWorld();
    let asked = 0;
    // Right for the first question, wrong for the one after the signature.
    const identity = async () => (asked++ === 0 ? alice.identity : "local|bob");
    const transfers = startTransfers(world, { identity });
    await transfers.upload({ file: file("hello"), path: "a.txt", ifExists: "fail" });
    await quiet();
    expect(world.requests).toEqual([]);
    expect(world.views).toMatchObject([{ state: "waiting", error: { code: "signed-out" } }]);
    asked = 0;
    world.objects.set(key("b.txt"), { bytes: bytesOf("alice's"), crc32: null, metadata: {} });
    await transfers.save({ path: "b.txt" });
    await quiet();
    expect([world.requests, world.saved]).toEqual([[], []]);
  });
});

describe("network", () => {
  it("gone: waits without using up tries, and goes on by resume", async () => {
    const world = createWorld();
    world.online = false;
    world.faults = [{ kind: "cut-before" }];
    const { transfers } = await upload(world);
    expect(world.views).toMatchObject([{ state: "waiting", error: { code: "offline" } }]);
    world.online = true;
    await transfers.resume();
    await quiet();
    expect(world.views).toMatchObject([{ state: "done" }]);
  });
});

describe("the permission for S3's host", () => {
  it.each(["upload", "download"] as const)("taken away in mid-use makes an %s wait for it, not fail", async (kind) => {
    const world = createWorld();
    world.objects.set(key("b.txt"), { bytes: bytesOf("there"), crc32: null, metadata: {} });
    world.reachable = false;
    world.faults.push({ kind: "cut-before" });
    const transfers = startTransfers(world);
    const { id } =
      kind === "upload"
        ? await transfers.upload({ file: file("hello"), path: "a.txt", ifExists: "fail" })
        : await transfers.save({ path: "b.txt" });
    await quiet();
    expect(world.records.get(id)).toMatchObject({
      state: "waiting",
      attempts: 0,
      error: { code: "permission-needed", facts: { subs: ["bucket.test"] } },
    });
    world.reachable = true;
    await transfers.resume();
    await quiet();
    expect(world.records.get(id)?.state).toBe("done");
  });
});

describe("cancel, retry, dismiss", () => {
  it("a cancelled upload leaves no bytes in the journal and cannot be retried", async () => {
    const world = createWorld();
    world.online = false;
    world.faults = [{ kind: "cut-before" }];
    const { transfers, id } = await upload(world);
    await transfers.cancel(id);
    expect(world.views).toMatchObject([{ state: "cancelled" }]);
    expect(world.blobs.size).toBe(0);
    await expect(transfers.retry(id)).rejects.toMatchObject({ code: "file-unreadable" });
    await transfers.dismiss(id);
    expect(world.views).toEqual([]);
    expect(world.records.size).toBe(0);
  });

  it("an answer to a request that was cancelled does not count for the one after it", async () => {
    const world = createWorld();
    world.objects.set(key("x"), { bytes: bytesOf("x"), crc32: null, metadata: {} });
    const host = memoryHost(world, memoryJournal(world));
    const held: (() => void)[] = [];
    const get: typeof host.get = async (request, watch) => {
      await new Promise<void>((resolve) => held.push(resolve));
      return await host.get(request, watch);
    };
    const transfers = startTransfers(world, { host: { ...host, get } });
    const { id } = await transfers.save({ path: "x" });
    await quiet();
    await transfers.cancel(id);
    await transfers.retry(id);
    await quiet();
    for (const release of held) release();
    await quiet();
    expect(held).toHaveLength(2);
    expect(world.saved).toHaveLength(1);
    expect(world.released).toHaveLength(2);
    expect(world.views).toMatchObject([{ state: "done" }]);
  });

  it("forget removes what belongs to one person", async () => {
    const world = createWorld();
    const { transfers } = await upload(world);
    await transfers.forget({ profile: alice.profile, identity: "local|bob" });
    expect(world.records.size).toBe(1);
    await transfers.forget({ profile: alice.profile });
    expect(world.records.size).toBe(0);
  });
});

describe("a download", () => {
  const stored = { bytes: bytesOf("picture"), crc32: null, metadata: {} };

  it("is one GET, saved under a safe name, and its URL is released", async () => {
    const world = createWorld();
    world.objects.set(key("dir/con.txt"), stored);
    const transfers = startTransfers(world);
    await transfers.save({ path: "dir/con.txt" });
    await quiet();
    expect(world.requests).toEqual([`GET ${key("dir/con.txt")}`]);
    expect(world.saved).toMatchObject([{ filename: "_con.txt", bytes: stored.bytes }]);
    expect(world.released).toEqual(["blob:0"]);
    expect(world.views).toMatchObject([{ state: "done", size: 7, sent: 7, direction: "download" }]);
  });

  it.each([
    [404, "NoSuchKey", "file-missing"],
    [412, "PreconditionFailed", "file-changed"],
  ])("answered %i %s fails as %s", async (status, code, expected) => {
    const world = createWorld();
    world.faults = [{ kind: "answer", status, code }];
    await startTransfers(world).save({ path: "x", etag: '"e"' });
    await quiet();
    expect(world.views).toMatchObject([{ state: "failed", error: { code: expected } }]);
    expect(world.saved).toEqual([]);
  });

  it("of a page that stands in S3's place is never saved", async () => {
    const world = createWorld();
    const journal = memoryJournal(world);
    const host = memoryHost(world, journal);
    const page = { status: 200, headers: { "content-type": "text/html" }, bodyText: "" };
    const get: typeof host.get = async () => ({
      answer: page,
      fetched: { url: "blob:page", size: 7, crc32: "AAAAAA==" },
    });
    await startTransfers(world, { journal, host: { ...host, get } }).save({ path: "x" });
    await quiet(200);
    expect(world.views).toMatchObject([
      { state: "waiting", error: { code: "not-aws", facts: { subs: ["bucket.test"] } } },
    ]);
    expect(world.saved).toEqual([]);
    expect(world.released).toContain("blob:page");
  });

  it("of the wrong bytes is never saved", async () => {
    const world = createWorld();
    world.objects.set(key("x"), { ...stored, crc32: "AAAAAA==" });
    await startTransfers(world).save({ path: "x" });
    await quiet();
    expect(world.views).toMatchObject([{ state: "failed", error: { code: "checksum-mismatch" } }]);
    expect(world.saved).toEqual([]);
  });

  it("lost by the browser across a restart is fetched again", async () => {
    const world = createWorld();
    world.objects.set(key("x"), stored);
    const never = new Promise<never>(() => undefined);
    const journal = memoryJournal(world);
    const downloads = { ...worldDeps(world).downloads, finish: () => never };
    const first = startTransfers(world, { journal, downloads });
    await first.save({ path: "x" });
    await quiet();
    expect([...world.records.values()]).toMatchObject([{ state: "saving" }]);
    for (const download of world.downloads.values()) download.state = "lost";
    await startTransfers(world, { journal }).resume();
    await quiet();
    expect(world.saved).toHaveLength(2);
    expect([...world.records.values()]).toMatchObject([{ state: "done" }]);
  });
});

describe("a damaged journal", () => {
  it("is said, is not an empty list, and is read again", async () => {
    const world = createWorld();
    const journal = memoryJournal(world);
    let damaged = true;
    const list = async () => {
      if (damaged) throw new HoldallError("journal-damaged");
      return journal.list();
    };
    const shown: number[] = [];
    const changed = (views: unknown[]) => void shown.push(views.length);
    const transfers = startTransfers(world, { journal: { ...journal, list }, changed });
    await expect(transfers.resume()).rejects.toMatchObject({ code: "journal-damaged" });
    await expect(transfers.upload({ file: file("x"), path: "x", ifExists: "fail" })).rejects.toMatchObject({
      code: "journal-damaged",
    });
    expect(shown).toEqual([]);
    damaged = false;
    await transfers.upload({ file: file("x"), path: "x", ifExists: "fail" });
    await quiet();
    expect(world.objects.size).toBe(1);
  });

  it("that fails in the middle stops the request from going out", async () => {
    const world = createWorld();
    const journal = memoryJournal(world);
    const update = async () => {
      throw new HoldallError("journal-full");
    };
    const transfers = startTransfers(world, { journal: { ...journal, update } });
    await transfers.upload({ file: file("x"), path: "x", ifExists: "fail" });
    await quiet();
    expect(world.requests).toEqual([]);
    expect(world.views).toMatchObject([{ state: "failed", error: { code: "journal-full" } }]);
  });
});
