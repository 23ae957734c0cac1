/** A name that is taken, before or meanwhile. */
import { describe, expect, it } from "vitest";
import { count, expectDone, hostWith, run } from "../support/upload-checks.ts";
import { content, copied, createUploadWorld, recordIn, uploadDeps } from "../support/upload-world.ts";

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
