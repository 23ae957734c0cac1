/** The end of an upload in parts, and credentials that end before it does. */
import { describe, expect, it } from "vitest";
import { HoldallError } from "../../../src/shared/holdall-error.ts";
import type { Fault } from "../support/memory-s3.ts";
import { count, expectDone, hostWith, run } from "../support/upload-checks.ts";
import { content, copied, createUploadWorld, quiet, recordIn, settle, uploadDeps } from "../support/upload-world.ts";

const expired: Fault = { status: 400, code: "ExpiredToken" };

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

describe("a part whose checksum S3 does not repeat", () => {
  it.each([
    ["that never got there", 0],
    ["of which less got there", 9],
  ])("and %s is missed before anything is completed, and sent again", async (_, arrived) => {
    const world = createUploadWorld();
    world.s3.echoes = false;
    world.s3.checksums = arrived === 0;
    copied(world, "a", content(50));
    const { host } = uploadDeps(world);
    let spoilt = false;
    const put: typeof host.put = async (input, watch) => {
      if (input.range.start !== 20 || spoilt) return await host.put(input, watch);
      spoilt = true;
      // Something on the way takes it, and answers as S3 would.
      if (arrived > 0) {
        const range = { start: 20, end: 20 + arrived };
        await host.put({ ...input, range }, watch);
      }
      return { status: 200, headers: { etag: '"x"' }, bodyText: "" };
    };
    await run(world, hostWith(world, { put }));
    expectDone(world);
    expect(count(world, "COMPLETE")).toBe(1);
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
