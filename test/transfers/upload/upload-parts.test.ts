/** How the parts of an upload go out. */
import { describe, expect, it } from "vitest";
import { HostFailure } from "../../../src/transfers/host/host-link.ts";
import type { Fault } from "../support/memory-s3.ts";
import { count, expectDone, hostWith, run } from "../support/upload-checks.ts";
import {
  content,
  copied,
  createUploadWorld,
  quiet,
  recordIn,
  settle,
  uploadDeps,
  wanted,
} from "../support/upload-world.ts";

const slowDown: Fault = { status: 503, code: "SlowDown" };

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

  it("that nobody can mend end the others' wait for bytes that are not copied yet", async () => {
    const world = createUploadWorld();
    wanted(world, "a", content(100));
    const { host } = uploadDeps(world);
    const never = new Promise<never>(() => undefined);
    await run(
      world,
      hostWith(world, {
        stage: (input, watch) => (input.index > 0 ? never : host.stage(input, watch)),
        put: () => Promise.resolve({ status: 403, headers: {}, bodyText: "<Error><Code>AccessDenied</Code></Error>" }),
      }),
    );
    expect(recordIn(world, "a")).toMatchObject({ state: "failed", error: { code: "access-denied" } });
  });
});

it("a slow S3 is given time", async () => {
  const world = createUploadWorld();
  world.s3.faults = Array<Fault>(12).fill(slowDown);
  copied(world, "a", content(100));
  await run(world);
  expectDone(world);
});
