/** Uploads whose background lives on: what they ask of S3, and what they make of its answers. */
import { describe, expect, it } from "vitest";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import { HostFailure } from "../../src/transfers/host-link.ts";
import type { TransferDeps } from "../../src/transfers/transfers.ts";
import type { Fault } from "./memory-s3.ts";
import {
  arrived,
  begin,
  content,
  copied,
  createUploadWorld,
  quiet,
  recordIn,
  settle,
  type UploadWorld,
  uploadDeps,
  wanted,
} from "./upload-world.ts";

const slowDown: Fault = { status: 503, code: "SlowDown" };
const expired: Fault = { status: 400, code: "ExpiredToken" };

async function run(world: UploadWorld, change: Partial<TransferDeps> = {}) {
  const transfers = begin(world, change);
  await settle(world);
  return transfers;
}

/** Requests that name an operation. */
const count = (world: UploadWorld, operation: string) =>
  world.s3.requests.filter((request) => request.startsWith(`${operation} `)).length;

function expectDone(world: UploadWorld, id = "a"): void {
  expect(recordIn(world, id)).toMatchObject({ state: "done", error: null });
  expect(arrived(world, recordIn(world, id))).toBe(true);
  expect([world.disk.uploads.size, world.s3.uploads.size, world.lies.length]).toEqual([0, 0, 0]);
}

/** A host that fails in its own way, before S3 is asked. */
function hostWith(world: UploadWorld, change: Partial<TransferDeps["host"]>): Partial<TransferDeps> {
  return { host: { ...uploadDeps(world).host, ...change } };
}

describe("one PUT", () => {
  it.each([0, 1, 9, 10])("carries %i bytes", async (size) => {
    const world = createUploadWorld();
    copied(world, "a", content(size));
    await run(world);
    expectDone(world);
    expect(world.s3.requests).toEqual(["PUT alice/a"]);
    expect(world.stored).toEqual(["a"]);
  });

  it("whose answer is lost is resolved by looking", async () => {
    const world = createUploadWorld();
    world.s3.faults = ["cut-after"];
    copied(world, "a", content(5));
    await run(world);
    expectDone(world);
    expect(world.s3.requests).toEqual(["PUT alice/a", "HEAD alice/a"]);
  });

  it("answered by a network's own page proves nothing", async () => {
    const world = createUploadWorld();
    world.s3.faults = ["portal"];
    copied(world, "a", content(5));
    await run(world);
    expectDone(world);
    expect(world.s3.requests).toEqual(["PUT alice/a", "HEAD alice/a", "PUT alice/a"]);
  });
});

describe("parts", () => {
  it.each([
    [11, 2],
    [20, 2],
    [21, 3],
    [100, 10],
  ])("%i bytes are %i parts", async (size, parts) => {
    const world = createUploadWorld();
    copied(world, "a", content(size));
    await run(world);
    expectDone(world);
    expect(count(world, "PART")).toBe(parts);
    expect(world.s3.requests.at(-1)).toBe("COMPLETE alice/a");
    expect(world.s3.received).toBe(size);
    // Each part is read once, and what S3 said of it suffices.
    expect([world.digests, count(world, "LIST")]).toEqual([parts, 0]);
  });

  it("go out while the rest is copied", async () => {
    const world = createUploadWorld();
    wanted(world, "a", content(95));
    const order: string[] = [];
    const { host } = uploadDeps(world);
    await run(
      world,
      hostWith(world, {
        stage: async (input, watch) => {
          await quiet(20);
          order.push(`stage ${input.index}`);
          return host.stage(input, watch);
        },
        put: (input, watch) => {
          order.push(`put ${input.range.start}`);
          return host.put(input, watch);
        },
      }),
    );
    expectDone(world);
    expect(order.indexOf("put 0")).toBeLessThan(order.indexOf("stage 1"));
  });

  it("are sent four at a time, and the next are read meanwhile", async () => {
    const world = createUploadWorld();
    copied(world, "a", content(200));
    const { host } = uploadDeps(world);
    let sending = 0;
    const seen = { most: 0, digestsAtFirstAnswer: 0 };
    await run(
      world,
      hostWith(world, {
        put: async (input, watch) => {
          seen.most = Math.max(seen.most, ++sending);
          await new Promise((resolve) => setTimeout(resolve, 10));
          seen.digestsAtFirstAnswer ||= world.digests;
          sending -= 1;
          return host.put(input, watch);
        },
      }),
    );
    expectDone(world);
    expect(seen.most).toBe(4);
    expect(seen.digestsAtFirstAnswer).toBeGreaterThan(4);
    expect(seen.digestsAtFirstAnswer).toBeLessThan(10);
  });

  it("that fail are tried again by themselves", async () => {
    const world = createUploadWorld();
    copied(world, "a", content(100));
    const { host } = uploadDeps(world);
    let failures = 0;
    await run(
      world,
      hostWith(world, {
        put: async (input, watch) => {
          if (input.range.start === 30 && failures++ < 5) throw new HostFailure("stalled");
          return host.put(input, watch);
        },
      }),
    );
    expectDone(world);
    expect(count(world, "PART")).toBe(10);
    expect(recordIn(world, "a").attempts).toBe(0);
  });

  it("keep what was sent when one is given up", async () => {
    const world = createUploadWorld();
    copied(world, "a", content(100));
    const { host } = uploadDeps(world);
    let broken = true;
    const deps = hostWith(world, {
      put: async (input, watch) => {
        if (input.range.start === 90 && broken) throw new HostFailure("network");
        return host.put(input, watch);
      },
    });
    const transfers = await run(world, deps);
    expect(recordIn(world, "a")).toMatchObject({ state: "waiting", error: { code: "unreachable" } });
    broken = false;
    await transfers.resume();
    await settle(world);
    expectDone(world);
    expect(count(world, "PART")).toBe(10);
    expect(count(world, "CREATE")).toBe(1);
  });

  it("may fail any number of times, as long as some arrive in between", async () => {
    const world = createUploadWorld();
    copied(world, "a", content(200));
    const { host } = uploadDeps(world);
    let puts = 0;
    const transfers = await run(
      world,
      hostWith(world, {
        // One arrives, then none does for longer than a run is patient.
        put: async (input, watch) => {
          if (puts++ % 40 > 0) throw new HostFailure("stalled");
          return host.put(input, watch);
        },
      }),
    );
    // As the alarm does.
    for (let alarms = 0; alarms < 60 && recordIn(world, "a").state === "waiting"; alarms++) {
      await transfers.resume();
      await settle(world);
    }
    expectDone(world);
    // Many times the tries of one that makes no progress.
    expect(puts).toBeGreaterThan(700);
  });

  it("with other bytes than planned are sent again", async () => {
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

  it("answered by a network's own page are sent again", async () => {
    const world = createUploadWorld();
    copied(world, "a", content(50));
    const { host } = uploadDeps(world);
    let portals = 2;
    await run(
      world,
      hostWith(world, {
        put: (input, watch) => {
          if (portals-- > 0) world.s3.faults.push("portal");
          return host.put(input, watch);
        },
      }),
    );
    expectDone(world);
    // Known at once, not only when all are compared.
    expect([count(world, "PART"), count(world, "LIST"), recordIn(world, "a").attempts]).toEqual([7, 0, 0]);
  });

  it("of an upload that is gone are sent to a new one", async () => {
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

  it("an upload that is gone again and again fails", async () => {
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

  it("are compared by size where the store knows no checksums", async () => {
    const world = createUploadWorld();
    world.s3.checksums = false;
    copied(world, "a", content(50));
    await run(world);
    expectDone(world);
    expect(count(world, "LIST")).toBe(1);
    expect(world.s3.requests.slice(-2)).toEqual(["COMPLETE alice/a", "HEAD alice/a"]);
  });

  it("that S3 does not list are not completed without", async () => {
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

describe("completing", () => {
  it.each(["cut-after", "broken-200", { status: 500, code: "InternalError", carriedOut: true }, "stalled"] as Fault[])(
    "after %s is resolved by looking",
    async (fault) => {
      const world = createUploadWorld();
      copied(world, "a", content(30));
      const { host } = uploadDeps(world);
      let completing = false;
      await run(
        world,
        hostWith(world, {
          send: (request, watch) => {
            if (!completing) world.s3.faults.push(fault);
            completing = true;
            return host.send(request, watch);
          },
        }),
      );
      expectDone(world);
      expect(world.s3.made).toEqual(["alice/a"]);
      const tail = world.s3.requests.slice(world.s3.requests.indexOf("COMPLETE alice/a"));
      expect(tail[1]).toBe("HEAD alice/a");
    },
  );

  it("is journalled before it goes out", async () => {
    const world = createUploadWorld();
    copied(world, "a", content(30));
    const { host } = uploadDeps(world);
    const seen: unknown[] = [];
    await run(
      world,
      hostWith(world, {
        send: (request, watch) => {
          const { state, unsure } = recordIn(world, "a");
          seen.push([state, unsure]);
          return host.send(request, watch);
        },
      }),
    );
    expect(seen).toEqual([["verifying", true]]);
  });
});

describe("credentials that S3 takes no longer", () => {
  it("are renewed once for all parts, and the same upload goes on", async () => {
    const world = createUploadWorld();
    copied(world, "a", content(100));
    const { host } = uploadDeps(world);
    let old = 4;
    await run(
      world,
      hostWith(world, {
        put: async (input, watch) => {
          if (old-- > 0) world.s3.faults.push(expired);
          await quiet(3);
          return host.put(input, watch);
        },
      }),
    );
    expectDone(world);
    expect(world.renewals).toBe(1);
    expect(count(world, "CREATE")).toBe(1);
    expect(recordIn(world, "a").attempts).toBe(0);
  });

  it("before completion are renewed too", async () => {
    const world = createUploadWorld();
    copied(world, "a", content(30));
    const { host } = uploadDeps(world);
    await run(
      world,
      hostWith(world, {
        send: (request, watch) => {
          if (world.renewals === 0) world.s3.faults.push(expired);
          return host.send(request, watch);
        },
      }),
    );
    expectDone(world);
    expect([world.renewals, count(world, "CREATE"), count(world, "COMPLETE")]).toEqual([1, 1, 2]);
  });

  it("that nobody renews let it wait, and only the same person goes on", async () => {
    const world = createUploadWorld();
    copied(world, "a", content(100));
    world.s3.faults = [expired];
    const renew = () => Promise.reject(new HoldallError("session-ended"));
    const transfers = await run(world, { renew });
    expect(recordIn(world, "a")).toMatchObject({ state: "waiting", error: { code: "session-ended" } });
    world.signedIn = "bob";
    const before = world.s3.requests.length;
    await transfers.resume();
    await settle(world);
    expect(world.s3.requests.length).toBe(before);
    world.signedIn = "alice";
    await transfers.resume();
    await settle(world);
    expectDone(world);
  });
});

describe("a name that is taken", () => {
  const other = { bytes: content(3, 9), etag: '"x"', crc32: null, metadata: { "holdall-transfer": "x" } };

  it.each([5, 50])("fails before %i bytes are of use, and leaves nothing", async (size) => {
    const world = createUploadWorld();
    world.s3.objects.set("alice/a", other);
    copied(world, "a", content(size));
    await run(world);
    expect(recordIn(world, "a")).toMatchObject({ state: "failed", error: { code: "file-exists" } });
    expect(world.s3.objects.get("alice/a")).toBe(other);
    expect(world.s3.uploads.size).toBe(0);
    if (size > 10) expect(world.s3.requests).toEqual(["HEAD alice/a"]);
  });

  it("meanwhile is found at the end; with both kept, the next name is taken and nothing left open", async () => {
    const world = createUploadWorld();
    copied(world, "a", content(50), { ifExists: "keep-both" });
    const { host } = uploadDeps(world);
    await run(
      world,
      hostWith(world, {
        put: (input, watch) => {
          world.s3.objects.set("alice/a", other);
          return host.put(input, watch);
        },
      }),
    );
    expect(recordIn(world, "a").path).toBe("a (2)");
    expectDone(world);
    expect(world.s3.objects.get("alice/a")).toBe(other);
  });

  it("is looked for until one is free", async () => {
    const world = createUploadWorld();
    for (const name of ["a", "a (2)", "a (3)", "a (4)", "a (5)", "a (6)"]) world.s3.objects.set(`alice/${name}`, other);
    copied(world, "a", content(50), { ifExists: "keep-both" });
    await run(world);
    expect(recordIn(world, "a").path).toBe("a (7)");
    expectDone(world);
    expect(count(world, "CREATE")).toBe(1);
  });

  it("is replaced where the person wants that", async () => {
    const world = createUploadWorld();
    world.s3.objects.set("alice/a", other);
    copied(world, "a", content(50), { ifExists: "replace" });
    await run(world);
    expectDone(world);
    expect(count(world, "HEAD")).toBe(0);
  });
});

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

it("without the permission for S3's host it waits for that", async () => {
  const world = createUploadWorld();
  world.reachable = false;
  world.s3.faults = ["cut-before"];
  copied(world, "a", content(50));
  await run(world);
  expect(recordIn(world, "a")).toMatchObject({ state: "waiting", error: { code: "permission-needed" } });
});

it("a slow S3 is given time", async () => {
  const world = createUploadWorld();
  world.s3.faults = Array<Fault>(12).fill(slowDown);
  copied(world, "a", content(100));
  await run(world);
  expectDone(world);
});
