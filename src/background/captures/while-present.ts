import type { CaptureOwner } from "../../captures/captures.ts";
import type { Mirror } from "../../captures/mirror/mirror.ts";
import { HoldallError } from "../../shared/holdall-error.ts";

/**
 * The mirror, which takes nothing of somebody who has signed out: a request that was under way then would bring back what was
 * wiped.
 */
export function whilePresent(mirror: Mirror, identity: (profile: string) => Promise<string | null>): Mirror {
  async function check(owner: CaptureOwner): Promise<void> {
    if ((await identity(owner.profile)) !== owner.identity) throw new HoldallError("signed-out");
  }

  return {
    ...mirror,
    put: async (owner, row) => {
      await check(owner);
      await mirror.put(owner, row);
    },
    drop: async (owner, id) => {
      await check(owner);
      await mirror.drop(owner, id);
    },
    putThumbnail: async (owner, id, image) => {
      await check(owner);
      await mirror.putThumbnail(owner, id, image);
    },
  };
}
