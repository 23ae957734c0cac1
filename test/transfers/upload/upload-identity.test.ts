/** Another person signs in to the profile while an upload is under way: at whatever step, nothing goes out in anybody's wrong name. */
import { describe, expect, it } from "vitest";
import type { HostLink } from "../../../src/transfers/host/host-link.ts";
import { hostWith, run } from "../support/upload-checks.ts";
import {
  begin,
  content,
  copied,
  createUploadWorld,
  recordIn,
  settle,
  type UploadWorld,
  uploadDeps,
} from "../support/upload-world.ts";

/** Requests and reads of one upload: 5 parts, and what comes before and after them. */
const steps = 16;

/** The host, in front of which somebody else signs in before call `at`. */
function switching(world: UploadWorld, at: number, after: (call: string) => void): Partial<HostLink> {
  const { host } = uploadDeps(world);
  let calls = 0;
  let over = false;
  const step = (call: string) => {
    // Several go out in one turn; whoever begins in a later one must have asked who is signed in.
    if (over) after(call);
    if (calls++ !== at) return;
    world.signedIn = "bob";
    setImmediate(() => {
      over = world.signedIn === "bob";
    });
  };
  return {
    digest: (input, watch) => {
      step("digest");
      return host.digest(input, watch);
    },
    open: (upload, request, watch) => {
      step("open");
      return host.open(upload, request, watch);
    },
    put: (input, watch) => {
      step("put");
      return host.put(input, watch);
    },
    send: (request, watch) => {
      step("send");
      return host.send(request, watch);
    },
  };
}

describe("when somebody else signs in", () => {
  it.each(Array.from({ length: steps }, (_, at) => [at]))(
    "at step %i, no request follows, and the same person goes on with the same upload",
    async (at) => {
      const world = createUploadWorld();
      copied(world, "a", content(50));
      const followed: string[] = [];
      const transfers = await run(
        world,
        hostWith(
          world,
          switching(world, at, (call) => followed.push(call)),
        ),
      );
      if (world.signedIn === "bob") {
        // Those that were on their way when it happened are not called back; reading is none of S3's business.
        expect(followed.filter((call) => call !== "digest")).toEqual([]);
        const { state, error } = recordIn(world, "a");
        if (state !== "done") expect([state, error?.code]).toEqual(["waiting", "signed-out"]);
        const before = world.s3.requests.length;
        await transfers.retry("all");
        await transfers.resume();
        await settle(world);
        expect(world.s3.requests).toHaveLength(before);
      }
      world.signedIn = "alice";
      begin(world);
      await settle(world);
      expect(recordIn(world, "a").state).toBe("done");
      expect([...world.s3.objects.keys()]).toEqual(["alice/a"]);
      expect(world.s3.requests.filter((request) => request.startsWith("CREATE"))).toHaveLength(1);
      expect([world.s3.uploads.size, world.lies]).toEqual([0, []]);
    },
  );
});
