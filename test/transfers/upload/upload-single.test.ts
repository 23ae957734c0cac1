/** An upload in one PUT. */
import { describe, expect, it } from "vitest";
import { expectDone, run } from "../support/upload-checks.ts";
import { content, copied, createUploadWorld, recordIn } from "../support/upload-world.ts";

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

it("without the permission for S3's host it waits for that", async () => {
  const world = createUploadWorld();
  world.reachable = false;
  world.s3.faults = ["cut-before"];
  copied(world, "a", content(50));
  await run(world);
  expect(recordIn(world, "a")).toMatchObject({ state: "waiting", error: { code: "permission-needed" } });
});
